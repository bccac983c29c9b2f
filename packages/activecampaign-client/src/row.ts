import { z } from 'zod'

/** Keys the server sent and this version of the client does not know, as they arrived. */
export type Extra = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A row of an answer: the given keys are checked and typed, all others are kept under `extra`, so that a key
 * the service adds tomorrow neither breaks a reader nor is lost to it.
 */
export function row<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(
    (value) => (isRecord(value) ? { ...value, extra: without(value, shape) } : value),
    z.object({ ...shape, extra: z.custom<Extra>(isRecord) }),
  )
}

function without(value: Record<string, unknown>, shape: z.ZodRawShape): Extra {
  const extra: Record<string, unknown> = {}
  for (const key of Object.keys(value)) if (!Object.hasOwn(shape, key)) extra[key] = value[key]
  return extra
}
