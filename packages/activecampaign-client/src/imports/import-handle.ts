import { z } from 'zod'
import { problemsOf } from '../answer-error.ts'
import { ActiveCampaignError } from '../error.ts'

const handleSchema = z.object({
  version: z.literal(1),
  taken: z.number().int().nonnegative(),
  batches: z.array(z.object({ batchId: z.string(), contacts: z.number() })),
  rejected: z.array(
    z.object({
      index: z.number(),
      email: z.string(),
      code: z.enum(['rejected', 'too-large']),
      messages: z.array(z.string()),
    }),
  ),
})

/** A contact that the service refused when it was sent, and that it did not queue. */
export interface ImportRejection {
  /** Its place in what was imported, from 0. */
  readonly index: number
  readonly email: string
  /** `too-large`: one contact longer than a request may be; it was not sent. */
  readonly code: 'rejected' | 'too-large'
  /** The service's reasons. */
  readonly messages: readonly string[]
}

/** Contacts that the service queued together. */
export interface ImportBatch {
  readonly batchId: string
  readonly contacts: number
}

/**
 * How far an import has come. Plain JSON: keep it, and give it to `imports.start` to go on, or to `imports.status` to ask
 * what became of it. Holds e-mail addresses of rejected contacts.
 */
export interface ImportHandle {
  readonly version: 1
  /** How many contacts of the input are queued or rejected. */
  readonly taken: number
  readonly batches: readonly ImportBatch[]
  readonly rejected: readonly ImportRejection[]
}

/**
 * A handle read back from where it was kept.
 *
 * @throws ActiveCampaignError `invalid-argument` when it is none
 *
 * @example
 * ```ts
 * import { parseImportHandle } from '@dynacamp/activecampaign-client'
 *
 * const handle = parseImportHandle(JSON.parse('{"version":1,"taken":0,"batches":[],"rejected":[]}'))
 * ```
 */
export function parseImportHandle(value: unknown): ImportHandle {
  const parsed = handleSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new ActiveCampaignError('The value is no handle of an import: keep handles as they are given', {
    operation: 'parseImportHandle',
    code: 'invalid-argument',
    problems: problemsOf(parsed.error),
  })
}
