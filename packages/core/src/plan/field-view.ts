import type { CompiledField, Fields, FieldValue } from '@dynacamp/mapping-dsl'
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

const factsOf = (context: BatchContext, pair: Pair, view: FieldView): FieldFacts => {
  const { field, base, dynamics, activeCampaign } = view
  return {
    direction: field.direction,
    conflict: field.conflict,
    blank: field.blank,
    hasBase: base !== undefined,
    dynamicsChanged: base !== undefined && !field.sameInDynamics(base.dynamics, dynamics),
    activeCampaignChanged:
      base !== undefined && !field.sameInActiveCampaign(base.activeCampaign, activeCampaign),
    equivalent: field.equivalent(dynamics, activeCampaign),
    dynamicsBlank: field.sameInDynamics(dynamics, null),
    activeCampaignBlank: field.sameInActiveCampaign(activeCampaign, null),
    firstLink: context.settings.firstLink ?? 'hold',
    newer: newerOf(pair),
    resolution: resolutionOf(context, pair.dynamics.id, field.key),
  }
}

/** What the merge says about one field of one pair. */
export const decisionFor = (context: BatchContext, pair: Pair, view: FieldView): Decision =>
  decideField(factsOf(context, pair, view))
