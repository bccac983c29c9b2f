import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { GuardResult, Plan } from '../model/plan.ts'
import type { PlanSettings } from '../model/plan-input.ts'
import { type GuardedAction, guardRules, isChange, measureGuards } from './guards.ts'

/** The guards of a run whose plans are never together in memory. */
export interface GuardTally {
  /** Counts a batch's plan. What is planned from both of its ends, in two batches, counts once. */
  add(plan: Plan): void
  /** What the plans so far come to together. */
  results(): readonly GuardResult[]
}

/**
 * Measures the plans of many batches together against the definition's guards, without keeping them: of each change its id and
 * whom it is about, and of the rest nothing.
 *
 * @param settings - With the number of linked records that the share of changes is measured against.
 *
 * @example
 * const tally = tallyGuards(definition, { tenant: 'contoso', linkedRecords: 8_000 })
 * tally.add(plan)
 * tally.results().some(({ tripped }) => tripped)
 */
export const tallyGuards = (
  definition: CompiledDefinition,
  settings: PlanSettings & { readonly linkedRecords: number },
): GuardTally => {
  const rules = guardRules(definition, settings)
  const changes = new Map<string, GuardedAction>()
  return {
    add({ actions }) {
      if (rules.length === 0) return
      for (const action of actions) {
        if (!isChange(action)) continue
        const { kind, id, entity, dynamicsId, activeCampaignId } = action
        changes.set(id, { kind, id, entity, dynamicsId, activeCampaignId })
      }
    },
    results: () =>
      measureGuards(rules, [...changes.values()], {
        records: settings.linkedRecords,
        planned: changes.size,
        unchanged: 0,
        held: 0,
        skipped: 0,
      }),
  }
}
