import * as z from 'zod'

/** What an error body says, whatever front end wrote it. */
export interface ServiceError {
  /** Hex in lower case, `'0x0'` from the OData parser, `''` from routing; undefined when the body has none. */
  readonly dataverseCode: string | undefined
  readonly message: string
}

const errorBody = z.looseObject({
  error: z.looseObject({ code: z.string().optional(), message: z.string() }),
})
const routingBody = z.looseObject({ Message: z.string() })

/** The error in a parsed body; undefined when the body holds none. */
export const parseErrorBody = (body: unknown): ServiceError | undefined => {
  const known = errorBody.safeParse(body)
  if (known.success) {
    const { code, message } = known.data.error
    return { dataverseCode: code?.toLowerCase(), message }
  }
  const routing = routingBody.safeParse(body)
  return routing.success ? { dataverseCode: undefined, message: routing.data.Message } : undefined
}

/** The error of a refused request. Gateways answer with HTML or with nothing: then the status has to do. */
export const describeErrorBody = (body: unknown, status: number): ServiceError => {
  const known = parseErrorBody(body)
  if (known !== undefined) return known
  const form = body === undefined ? 'an empty body' : 'a body that is no Dataverse error'
  return { dataverseCode: undefined, message: `Status ${status} with ${form}` }
}
