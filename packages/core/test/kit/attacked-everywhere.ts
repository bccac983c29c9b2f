import { DeleteDynamicsRecord, type GuardResult, mergePlans, type Need, type Plan } from '../../src/index.ts'
import { planIdOf } from '../../src/plan/plan-id.ts'
import { scenarios } from './scenarios/index.ts'
import { opportunityScenarios } from './scenarios/opportunities/opportunity-scenarios.ts'
import { planOpportunityScenario } from './scenarios/opportunities/plan-opportunity-scenario.ts'
import { planScenario } from './scenarios/plan-scenario.ts'

/** Words of the plan's own format. Whatever stands elsewhere could come from a record, or from somebody who names fields. */
const ownWords = new Set(['kind', 'entity', 'entities', 'side', 'code', 'winner', 'guard', 'definitionHash'])

const replaced = (value: unknown, text: string, kept: ReadonlySet<string>): unknown => {
  if (typeof value === 'string') return text
  if (Array.isArray(value)) return value.map((member) => replaced(member, text, kept))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      kept.has(key) ? member : replaced(member, text, kept),
    ]),
  )
}

const tripped: GuardResult = {
  ...{ guard: 'deletes', limit: 0, linkedRecords: null, actual: 1, tripped: true },
  message: '1 record would be deleted; the limit is 0.',
}

const needs: readonly Need[] = [
  { kind: 'key-holders', entity: 'contacts', key: 'email:ana@example.com' },
  { kind: 'dynamics-row', entity: 'contacts', id: 'd1' },
  { kind: 'active-campaign-contact', entity: 'contacts', id: '1' },
  { kind: 'active-campaign-tags', entity: 'contacts', id: '1' },
  { kind: 'active-campaign-lists', entity: 'contacts', id: '1' },
  { kind: 'reference', side: 'dynamics', entity: 'accounts', id: 'a1' },
]

/** The one kind that no scenario asks for. */
const deletion = DeleteDynamicsRecord.create({
  ...{ entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1', title: 'ana@example.com' },
  ...{ because: 'Deleted in ActiveCampaign.', changes: [], preconditions: {} },
  settles: { dynamics: {}, activeCampaign: {} },
})

const definitionHash = 'one'
const scenarioPlans = [
  ...scenarios.map(planScenario),
  ...opportunityScenarios.map(planOpportunityScenario),
].map((plan) => ({ ...plan, definitionHash }))
const merged = mergePlans(scenarioPlans)

/** The plans of all scenarios as one, with a tripped guard and every kind of need: something of everything that a plan can say. */
export const planOfEverything: Plan = {
  ...merged,
  actions: [...merged.actions, deletion],
  guards: [tripped],
  needs,
}

/**
 * {@link planOfEverything} with a text in the place of each text in it: names, values, ids, sentences.
 *
 * @param kept - Keys whose texts stay, besides the words of the format.
 */
export const attackedEverywhere = (text: string, kept: readonly string[] = []): Plan => {
  const { id: _, ...content } = replaced(planOfEverything, text, new Set([...ownWords, ...kept])) as Plan
  return { ...content, id: planIdOf(content) }
}
