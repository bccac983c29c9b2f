import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Action } from '../actions/action.ts'
import { compareText } from '../compare.ts'
import type { Subject } from '../model/outcome.ts'
import type { Counts, Plan } from '../model/plan.ts'
import type { ImportSettings } from '../model/plan-input.ts'
import { costOf } from './cost-of.ts'
import { type GuardCounts, type GuardRule, guardCounter, measureGuards } from './guards.ts'
import { type Ledger, subjectKey } from './ledger.ts'
import { planIdOf } from './plan-id.ts'
import { refuseCycles } from './refuse-cycles.ts'

const byId = <T extends { readonly id: string }>(entries: Map<string, T>): readonly T[] =>
  [...entries.values()].sort((a, b) => compareText(a.id, b.id))

/** What is about the custom object itself is about no record. */
const isAboutARecord = ({ dynamicsId, activeCampaignId }: Subject): boolean =>
  dynamicsId !== null || activeCampaignId !== null

/** Puts each record where it belongs, once: see `Counts`. */
const countRecords = (ledger: Ledger): Counts => {
  const seen = new Set<string>()
  const countNew = (entries: Map<string, Subject>): number => {
    const before = seen.size
    for (const entry of entries.values()) if (isAboutARecord(entry)) seen.add(subjectKey(entry))
    return seen.size - before
  }
  const planned = countNew(ledger.actions)
  const held = countNew(ledger.holds)
  const skipped = countNew(ledger.skips)
  return { records: seen.size + ledger.unchanged, planned, unchanged: ledger.unchanged, held, skipped }
}

const countOf = (actions: readonly Action[]): GuardCounts => {
  const counter = guardCounter()
  for (const action of actions) counter.add(action)
  return counter.read()
}

/** Closes a ledger: sorts, counts, sums up and names the result. */
export const finishPlan = (
  ledger: Ledger,
  definitionHash: string,
  entities: readonly EntityName[],
  guards: readonly GuardRule[],
  imports?: ImportSettings,
): Plan => {
  refuseCycles(ledger)
  const actions = byId(ledger.actions)
  const counts = countRecords(ledger)
  const content: Omit<Plan, 'id'> = {
    version: 1,
    definitionHash,
    entities: [...new Set(entities)].sort(compareText),
    actions,
    skips: byId(ledger.skips),
    holds: byId(ledger.holds),
    conflicts: byId(ledger.conflicts),
    needs: [...ledger.needs].sort(([a], [b]) => compareText(a, b)).map(([, need]) => need),
    guards: measureGuards(guards, { ...countOf(actions), records: counts.records }),
    cost: costOf(actions, imports),
    counts,
  }
  return Object.freeze({ ...content, id: planIdOf(content) })
}
