import { z } from 'zod'

/** One thing the service found wrong. */
export interface ErrorDetail {
  /** The service's own words. */
  readonly message: string
  /** The service's own code, such as `duplicate`, `field_missing`, `field_invalid`. */
  readonly code?: string
  /** Where in the request, such as `/data/attributes/email`. */
  readonly pointer?: string
  /** Bulk import: index of the contact in the request. */
  readonly contact?: number
}

const words = z.union([z.string(), z.number()]).nullish().catch(undefined)

const itemSchema = z.object({
  title: words,
  detail: words,
  message: words,
  code: words,
  failureReason: words,
  contact: z.coerce.number().optional().catch(undefined),
  source: z
    // Custom objects say `source.type/value`, all others `source.pointer`.
    .object({ pointer: words, value: words })
    .nullish()
    .catch(undefined),
})

const list = z.union([z.array(z.unknown()), z.string().transform((only) => [only])]).catch([])

const bodySchema = z.object({
  errors: list.optional(),
  failureReasons: list.optional(),
  message: words,
  result_message: words,
  error: words,
})

/** All the service said about a failure, whichever of its many shapes it chose. Empty when it said nothing. */
export function readErrorBody(body: unknown): readonly ErrorDetail[] {
  const parsed = bodySchema.safeParse(body)
  if (!parsed.success) return []
  const { errors = [], failureReasons = [], message, result_message, error } = parsed.data
  const said = [message, result_message, error].filter(isSaid).map((words) => ({ message: String(words) }))
  return [...[...errors, ...failureReasons].flatMap(readItem), ...said]
}

function readItem(item: unknown): ErrorDetail[] {
  if (typeof item === 'string') return [{ message: item }]
  const parsed = itemSchema.safeParse(item)
  if (!parsed.success) return []
  const { title, detail, message, failureReason, code, source, contact } = parsed.data
  const sentence = [failureReason, title, detail, message].filter(isSaid).join(': ')
  const pointer = source?.pointer ?? source?.value
  return [
    {
      message: sentence,
      // Some repeat the status here.
      ...(typeof code === 'string' && isSaid(code) && { code }),
      ...(isSaid(pointer) && { pointer: String(pointer) }),
      ...(contact !== undefined && { contact }),
    },
  ]
}

const isSaid = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

const failed = z.union([z.literal(0), z.literal('0'), z.literal(false)])

// Deleting and copying campaigns say `succeeded`, bulk import `success` or `Success`, v1 `result_code`.
const failureSchema = z.union([
  z.object({ succeeded: failed }),
  z.object({ success: failed }),
  z.object({ Success: failed }),
  z.object({ result_code: failed }),
  z.object({ errors: z.union([z.array(z.unknown()).min(1), z.string().min(1)]) }),
])

/** Does a body with a good status say that the call failed? */
export const saysFailure = (body: unknown): boolean => failureSchema.safeParse(body).success
