import * as z from 'zod'

/** What an error body says, whatever front end wrote it. */
export interface ServiceError {
  /** Hex in lower case, `'0x0'` from the OData parser, `''` from routing; undefined when the body has none. */
  readonly dataverseCode: string | undefined
  readonly message: string
}

/** `'0x80040217'` from the text or, as some front ends write it, from the signed number of it. */
const hexCode = (code: string | number): string =>
  typeof code === 'number' || /^-?\d+$/.test(code)
    ? `0x${(Number(code) >>> 0).toString(16).padStart(8, '0')}`
    : code.toLowerCase()

const errorBody = z.looseObject({
  error: z.looseObject({
    code: z.union([z.string(), z.int()]).nullish(),
    // Older versions of OData wrap the text with its language.
    message: z.union([z.string(), z.looseObject({ value: z.string() }).transform(({ value }) => value)]),
  }),
})
const routingBody = z.looseObject({ Message: z.string() })

/** The error that a body carries, whatever its status; undefined when it carries none. */
export const parseErrorBody = (body: unknown): ServiceError | undefined => {
  const known = errorBody.safeParse(body)
  if (!known.success) return undefined
  const { code, message } = known.data.error
  return { dataverseCode: code == null ? undefined : hexCode(code), message }
}

/** The error of a refused request. Gateways answer with HTML or with nothing: then the status has to do. */
export const describeErrorBody = (body: unknown, status: number): ServiceError => {
  const known = parseErrorBody(body)
  if (known !== undefined) return known
  const routing = routingBody.safeParse(body)
  if (routing.success) return { dataverseCode: undefined, message: routing.data.Message }
  const form = body === undefined ? 'an empty body' : 'a body that is no Dataverse error'
  return { dataverseCode: undefined, message: `Status ${status} with ${form}` }
}
