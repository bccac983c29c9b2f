import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import type { Transport } from './transport.ts'

/** An answer as it came. */
export interface ServiceResponse {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /**
   * The body as JSON; undefined when it is empty. Nothing about it is checked.
   * @throws MalformedResponseError
   * @example
   * import type { ServiceResponse } from '@dynacamp/dynamics-client'
   *
   * const isEmpty = (response: ServiceResponse) => response.json() === undefined
   */
  json(): unknown
  /** The service's own id of the request. */
  readonly requestId: string | undefined
}

export const sendCustom = async (
  transport: Transport,
  request: PreparedRequest,
  options: CallOptions,
): Promise<ServiceResponse> => {
  const { status, headers, text, json, requestId } = await transport.send(request, options)
  return { status, headers, text, json, requestId }
}
