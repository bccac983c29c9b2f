import { z } from 'zod'

/** Keys the server sent and this version of the client does not know, as they arrived. */
export type Extra = Readonly<Record<string, unknown>>

/**
 * A row of an answer: the given keys are checked and typed, all others are kept under `extra`, so that a key
 * the service adds tomorrow neither breaks a reader nor is lost to it.
 */
export function row<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = z.object(shape)
  return z.transform<unknown, z.output<typeof known> & { readonly extra: Extra }>((value, context) => {
    const parsed = known.safeParse(value)
    if (parsed.success) return { ...parsed.data, extra: without(value, shape) }
    for (const { path, message } of parsed.error.issues) {
      context.issues.push({ code: 'custom', path, message, input: value })
    }
    return z.NEVER
  })
}

const without = (value: unknown, shape: z.ZodRawShape): Extra =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !Object.hasOwn(shape, key)))
