import type { CompiledField } from '@dynacamp/mapping-dsl'
import type { ReasonCode } from '../model/field-change.ts'
import type { HoldCode } from '../model/outcome.ts'
import { contactColumn } from './opportunities/contact-field.ts'

/** What people call a column. That under which the contact of an opportunity is merged is nothing that they know. */
const inWords = (column: string): string => (column === contactColumn ? 'the contact' : column)

/** The same at the start of a sentence; a column's name stays as it is. */
const atStart = (column: string): string => (column === contactColumn ? 'The contact' : column)

/** Why there is something to decide. What never was in sync cannot be said to have changed. */
const dispute = (everInSync: boolean): string =>
  everInSync ? 'Changed on both sides' : 'The two differ and were never in sync'

/** The sentence for a field that is written; `everInSync` is false at its first link. */
export const reasonMessage = (
  code: ReasonCode,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign' | 'direction'>,
  everInSync: boolean,
): string => {
  const { dynamics, activeCampaign } = field
  switch (code) {
    case 'created':
      return 'The record is new here.'
    case 'changed-in-dynamics':
      return `${atStart(dynamics)} changed in Dynamics 365.`
    case 'changed-in-active-campaign':
      return `${activeCampaign} changed in ActiveCampaign.`
    case 'conflict-dynamics-wins':
      return `${dispute(everInSync)}; policy dynamicsWins.`
    case 'conflict-active-campaign-wins':
      return `${dispute(everInSync)}; policy activeCampaignWins.`
    case 'conflict-most-recent-wins':
      return `${dispute(everInSync)}; policy mostRecent: the record that changed last, as a whole, wins.`
    case 'conflict-resolved-by-hand':
      return `${dispute(everInSync)}; a person decided.`
    case 'source-owns-field': {
      const ending = everInSync ? 'its value is put back' : 'the two differ and were never in sync'
      return field.direction === 'outbound'
        ? `${atStart(dynamics)} flows from Dynamics 365 only; ${ending}.`
        : `${activeCampaign} flows from ActiveCampaign only; ${ending}.`
    }
    case 'fills-blank':
      return 'Blank here, set on the other side.'
    case 'opt-out-wins':
      return 'Opted out on the other side.'
    case 'undo':
      return 'Undoes an earlier plan.'
  }
}

/** Why a linked pair is remembered anew; `keepsBlanks`: fields differ, and a blank policy keeps them so. */
export const settledMessage = (keepsBlanks: boolean): string =>
  keepsBlanks
    ? 'The two agree, but for what a blank policy keeps as it is on each side.'
    : 'Both sides came to the same by themselves.'

/** Sentence and ways out for a field that nobody was allowed to decide. */
export const fieldHoldText = (
  code: HoldCode,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign' | 'conflict'>,
  everInSync: boolean,
): { readonly message: string; readonly resolve: readonly string[] } => {
  const resolve = [
    `Make ${inWords(field.dynamics)} and ${field.activeCampaign} equal on both sides.`,
    'Decide for one side, for this record and field: plan({ resolutions }).',
  ]
  if (code === 'first-link-differs') {
    return {
      message: 'The two differ and were never in sync, so neither may overwrite the other unseen.',
      resolve: [
        ...resolve,
        "Let the conflict policies decide for all first links: createSync({ firstLink: 'policy' }).",
      ],
    }
  }
  const message =
    field.conflict === 'mostRecent'
      ? `${dispute(everInSync)}, and it is not known which record changed last.`
      : `${dispute(everInSync)}; policy hold.`
  return { message, resolve: [...resolve, 'Choose another conflict policy for this field.'] }
}
