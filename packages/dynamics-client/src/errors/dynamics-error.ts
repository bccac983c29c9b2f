import { HttpStatusError, type HttpStatusErrorDetails } from '@dynacamp/http'

/** What a Dataverse error carries besides the details of every answered request. */
export interface DynamicsErrorDetails extends HttpStatusErrorDetails {
  readonly dataverseCode: string | undefined
}

/**
 * The service refused a request. Decide by `dataverseCode` or by a guard such as `isNotFound`, never by the message.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
 * @example
 * import { contact, DynamicsError, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const codeOf = async (client: DynamicsClient, id: string) => {
 *   try {
 *     await client.table(contact).delete(id)
 *     return undefined
 *   } catch (error) {
 *     if (error instanceof DynamicsError) return error.dataverseCode
 *     throw error
 *   }
 * }
 */
export class DynamicsError extends HttpStatusError {
  override readonly name: string = 'DynamicsError'
  override readonly code: string = 'dynamics-error'
  /** Hex in lower case (`'0x80040217'`), `'0x0'` from the OData parser, `''` from routing; undefined without a body. */
  readonly dataverseCode: string | undefined

  constructor(message: string, details: DynamicsErrorDetails, options?: ErrorOptions) {
    super(message, details, options)
    this.dataverseCode = details.dataverseCode
  }

  /** The privilege that the user lacks, `'prvReadContact'`, when the service names one. */
  get missingPrivilege(): string | undefined {
    return (
      /\bmissing (prv\w+)/.exec(this.message)?.[1] ??
      (this.status === 403 ? /\bprv\w+/.exec(this.message)?.[0] : undefined)
    )
  }

  override toJSON(): Readonly<Record<string, unknown>> {
    return { ...super.toJSON(), dataverseCode: this.dataverseCode, missingPrivilege: this.missingPrivilege }
  }
}
