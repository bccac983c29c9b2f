import { type FieldValue, isActiveCampaignError, type WrittenContact } from '@dynacamp/activecampaign-client'
import type { FieldChange } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from './apply-context.ts'

/** ActiveCampaign kept a value that was to be emptied, and does not let it be taken away. */
export class ValueKeptError extends Error {
  override readonly name = 'ValueKeptError'
  readonly code = 'value-kept'

  constructor(field: string) {
    super(
      `ActiveCampaign keeps ${field}, which was to be emptied, and does not let the key’s user take its value away: ` +
        'empty it there by hand, or give the user that right.',
    )
  }
}

/** The changes that empty a field which has a value all the same, with the id of that value. */
const keptValues = (
  { customFields }: ApplyContext,
  { fields }: CompiledEntity,
  changes: readonly FieldChange[],
  { fieldValues }: WrittenContact,
  before: readonly FieldValue[],
): readonly { readonly field: string; readonly valueId: string }[] =>
  changes.flatMap(({ field, after }) => {
    const mapped = fields.find(({ activeCampaign }) => activeCampaign === field)
    const isOfField = (one: FieldValue): boolean => one.field === customFields.get(field)
    // An answer may leave values out; then the one that was there is the one that may have been kept.
    const value = fieldValues.find(isOfField) ?? before.find(isOfField)
    const isEmptied = mapped?.sameInActiveCampaign(after, '') === true
    return isEmptied && value !== undefined && !mapped.sameInActiveCampaign(value.value, '')
      ? [{ field, valueId: value.id }]
      : []
  })

/**
 * ActiveCampaign may ignore an empty date (docs/discoveries/activecampaign-field-values.md). What its answer still shows of the
 * fields that were emptied, or does not speak of, is taken away, a call each.
 *
 * @param before - the values that the contact had right before the write
 * @returns the answer as it is without those values
 * @throws ValueKeptError when the service refuses it
 */
export const takeAwayKept = async (
  context: ApplyContext,
  entity: CompiledEntity,
  changes: readonly FieldChange[],
  written: WrittenContact,
  before: readonly FieldValue[],
): Promise<WrittenContact> => {
  const { activeCampaign, signal } = context
  const kept = keptValues(context, entity, changes, written, before)
  for (const { field, valueId } of kept) {
    try {
      await activeCampaign.fieldValues.delete(valueId, signal ? { signal } : undefined)
    } catch (error) {
      // It says nothing of other contacts, as a refusal of their own update would.
      if (isActiveCampaignError(error) && error.code === 'forbidden') throw new ValueKeptError(field)
      throw error
    }
  }
  const ids = new Set(kept.map(({ valueId }) => valueId))
  return {
    ...written,
    fieldValues: written.fieldValues.map((value) => (ids.has(value.id) ? { ...value, value: '' } : value)),
  }
}
