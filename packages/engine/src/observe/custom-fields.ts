import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { MissingFieldError } from '../errors/missing-field-error.ts'

/** The fields that every ActiveCampaign contact has. */
export const standardFields = ['email', 'firstName', 'lastName', 'phone'] as const

/** A field that every ActiveCampaign contact has. */
export type StandardField = (typeof standardFields)[number]

export const isStandardField = (name: string): name is StandardField =>
  standardFields.some((standard) => standard === name)

/** Custom fields that are read: their ids by personalisation tag. */
export type CustomFieldIds = ReadonlyMap<string, string>

/** Finds the ids of the custom fields that the definition looks at, and names those that the account lacks. The list holds 20 a page. */
export const lookForCustomFields = async (
  client: ActiveCampaignClient,
  entities: readonly CompiledEntity[],
  signal: AbortSignal | undefined,
): Promise<{ readonly ids: CustomFieldIds; readonly missing: readonly string[] }> => {
  const wanted = new Set(
    entities
      .filter(({ entity }) => entity === 'contacts' || entity === 'leads')
      .flatMap(({ fieldsRead }) => fieldsRead)
      .filter((name) => !isStandardField(name)),
  )
  if (wanted.size === 0) return { ids: new Map(), missing: [] }
  const ids = new Map<string, string>()
  for await (const field of client.fields.list(signal ? { signal } : {})) {
    if (wanted.has(field.perstag)) ids.set(field.perstag, field.id)
  }
  return { ids, missing: [...wanted].filter((name) => !ids.has(name)) }
}

/**
 * Finds the ids of the custom fields that the definition looks at.
 *
 * @throws MissingFieldError when the account lacks one of them.
 */
export const findCustomFields = async (
  ...request: Parameters<typeof lookForCustomFields>
): Promise<CustomFieldIds> => {
  const { ids, missing } = await lookForCustomFields(...request)
  if (missing.length > 0) throw new MissingFieldError(missing)
  return ids
}
