import type { CompiledField, Converted, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import { decideField } from '../merge/decide-field.ts'
import type { Decision } from '../merge/decision.ts'
import type { FieldFacts } from '../merge/field-facts.ts'
import type { Base } from '../model/link.ts'
import { timeOf } from '../time-of.ts'
import { type BatchContext, resolutionOf } from './batch-context.ts'
import type { Pair } from './pair.ts'

/** Which record changed last, as a whole; unknown unless both times are known and differ. */
export const newerOf = ({ dynamics, activeCampaign }: Pair): FieldFacts['newer'] => {
  const difference = timeOf(dynamics.modifiedOn) - timeOf(activeCampaign.updatedOn)
  return difference > 0 ? 'dynamics' : difference < 0 ? 'activeCampaign' : 'unknown'
}

/** One field of one pair: the values the decision was made from. */
export interface FieldView {
  readonly field: CompiledField
  /** All of the row: what may be written to one column can depend on another, as an amount on the currency. */
  readonly row: Fields
  readonly dynamics: FieldValue
  readonly activeCampaign: FieldValue
  /** Undefined where the field never was in sync. */
  readonly base: { readonly dynamics: FieldValue; readonly activeCampaign: FieldValue } | undefined
}

export const viewOf = (field: CompiledField, { dynamics, activeCampaign }: Pair, base: Base): FieldView => {
  const dynamicsBase = base.dynamics[field.dynamics]
  const activeCampaignBase = base.activeCampaign[field.activeCampaign]
  return {
    field,
    row: dynamics.fields,
    dynamics: dynamics.fields[field.dynamics] ?? null,
    activeCampaign: activeCampaign.fields[field.activeCampaign] ?? null,
    base:
      dynamicsBase === undefined || activeCampaignBase === undefined
        ? undefined
        : { dynamics: dynamicsBase, activeCampaign: activeCampaignBase },
  }
}

/** What a side is sent where there is nothing. */
const nothing = { dynamics: null, activeCampaign: '' } as const

/** Whether nothing gets to a side: the value is blank, or a transform makes nothing of it. */
export const arrivesBlank = (converted: Converted, to: keyof typeof nothing): boolean =>
  converted.ok && converted.value === nothing[to]

interface Blanks {
  readonly dynamics: boolean
  readonly activeCampaign: boolean
  /** Both are, and a transform says what an empty column is sent as. */
  readonly areFilled: boolean
}

/** What counts as blank is what arrives: a transform may make nothing of a value, or a text of a blank, which fills an empty field. */
const blanksOf = ({ field, row, dynamics, activeCampaign }: FieldView): Blanks => {
  const inRow = field.sameInDynamics(dynamics, null)
  const inContact = field.sameInActiveCampaign(activeCampaign, null)
  const sent = field.toActiveCampaign(dynamics)
  const areFilled = inRow && inContact && field.direction !== 'inbound' && sent.ok && !isBlank(sent.value)
  return {
    dynamics: inRow ? !areFilled : arrivesBlank(sent, 'activeCampaign'),
    activeCampaign: inContact || arrivesBlank(field.toDynamics(activeCampaign, row), 'dynamics'),
    areFilled,
  }
}

const factsOf = (context: BatchContext, pair: Pair, view: FieldView): FieldFacts => {
  const { field, base, dynamics, activeCampaign } = view
  const blanks = blanksOf(view)
  return {
    direction: field.direction,
    conflict: field.conflict,
    // Where both are empty there is nothing that the text for an empty column could overwrite, and no blank that could be a value.
    blank: blanks.areFilled && field.blank === 'clear' ? 'ignoreBlank' : field.blank,
    hasBase: base !== undefined,
    dynamicsChanged: base !== undefined && !field.sameInDynamics(base.dynamics, dynamics),
    activeCampaignChanged:
      base !== undefined && !field.sameInActiveCampaign(base.activeCampaign, activeCampaign),
    equivalent: !blanks.areFilled && field.equivalent(dynamics, activeCampaign),
    dynamicsBlank: blanks.dynamics,
    activeCampaignBlank: blanks.activeCampaign,
    firstLink: context.settings.firstLink ?? 'hold',
    newer: newerOf(pair),
    resolution: resolutionOf(context, pair.dynamics.id, field.key),
  }
}

/** What the merge says about one field of one pair. */
export const decisionFor = (context: BatchContext, pair: Pair, view: FieldView): Decision =>
  decideField(factsOf(context, pair, view))
