import type { CompiledField } from '@dynacamp/mapping-dsl'
import type { ReasonCode } from '../model/field-change.ts'
import type { HoldCode } from '../model/outcome.ts'

/** The sentence for a field that is written. */
export const reasonMessage = (
  code: ReasonCode,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign' | 'direction'>,
): string => {
  const { dynamics, activeCampaign } = field
  switch (code) {
    case 'created':
      return 'The record is new here.'
    case 'changed-in-dynamics':
      return `${dynamics} changed in Dynamics 365.`
    case 'changed-in-active-campaign':
      return `${activeCampaign} changed in ActiveCampaign.`
    case 'conflict-dynamics-wins':
      return 'Changed on both sides; policy dynamicsWins.'
    case 'conflict-active-campaign-wins':
      return 'Changed on both sides; policy activeCampaignWins.'
    case 'conflict-most-recent-wins':
      return 'Changed on both sides; policy mostRecent: this record as a whole changed last.'
    case 'conflict-resolved-by-hand':
      return 'Changed on both sides; a person decided.'
    case 'source-owns-field':
      return field.direction === 'outbound'
        ? `${dynamics} flows from Dynamics 365 only; its value is put back.`
        : `${activeCampaign} flows from ActiveCampaign only; its value is put back.`
    case 'fills-blank':
      return 'Blank here, set on the other side.'
    case 'opt-out-wins':
      return 'Opted out on the other side.'
    case 'undo':
      return 'Undoes an earlier plan.'
  }
}

/** Sentence and ways out for a field that nobody was allowed to decide. */
export const fieldHoldText = (
  code: HoldCode,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign' | 'conflict'>,
): { readonly message: string; readonly resolve: readonly string[] } => {
  const resolve = [
    `Make ${field.dynamics} and ${field.activeCampaign} equal on both sides.`,
    'Decide for one side (a resolution for this record and field).',
  ]
  if (code === 'first-link-differs') {
    return {
      message: 'The two differ and were never in sync, so neither may overwrite the other unseen.',
      resolve: [...resolve, 'Let the definition decide for all first links (firstLink: policy).'],
    }
  }
  const message =
    field.conflict === 'mostRecent'
      ? 'Changed on both sides, and it is not known which record changed last.'
      : 'Changed on both sides; policy hold.'
  return { message, resolve: [...resolve, 'Choose another conflict policy for this field.'] }
}
