import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { GuardResult, Plan } from '../model/plan.ts'
import type { PlanSettings } from '../model/plan-input.ts'
import { type GuardsSoFar, guardCounter, guardRules, isChange, measureGuards } from './guards.ts'

/** What a tally has counted, as plain data: ids and counts. */
export interface GuardTallySoFar extends GuardsSoFar {
  /** Ids of the actions that were counted. */
  readonly counted: readonly string[]
}

/** The guards of a run whose plans are never together in memory. */
export interface GuardTally {
  /** Counts a batch's plan. What is planned from both of its ends, in two batches, counts once. */
  add(plan: Plan): void
  /** What the plans so far come to together. */
  results(): readonly GuardResult[]
  /** For another tally to go on with. */
  soFar(): GuardTallySoFar
}

/**
 * Measures the plans of many batches together against the definition's guards, without keeping them: of each change its id and
 * whom it is about, and of the rest nothing. What they come to is counted as they come, so that asking costs nothing.
 *
 * @param settings - With the number of linked records that the share of changes is measured against.
 * @param before - What another tally counted before: this one goes on with it.
 *
 * @example
 * const tally = tallyGuards(definition, { tenant: 'contoso', linkedRecords: 8_000 })
 * tally.add(plan)
 * tally.results().some(({ tripped }) => tripped)
 */
export const tallyGuards = (
  definition: CompiledDefinition,
  settings: PlanSettings & { readonly linkedRecords: number },
  before?: GuardTallySoFar,
): GuardTally => {
  const rules = guardRules(definition, settings)
  const counter = guardCounter(before)
  const counted = new Set<string>(before?.counted)
  return {
    add({ actions }) {
      if (rules.length === 0) return
      for (const action of actions) {
        if (!isChange(action) || counted.has(action.id)) continue
        counted.add(action.id)
        counter.add(action)
      }
    },
    results: () => measureGuards(rules, { ...counter.read(), records: settings.linkedRecords }),
    soFar: () => ({ ...counter.soFar(), counted: [...counted] }),
  }
}
