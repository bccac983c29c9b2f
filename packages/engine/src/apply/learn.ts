import { type Action, MoveLink } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import { generationOf } from '../observe/generation.ts'
import type { StateTransaction, StoredLink, StoredRecord } from '../state/state-store.ts'
import { learnLists } from './learn-lists.ts'
import type { Execution, Linked } from './outcome.ts'

const overlay = (settled: Fields, answered: Fields = {}): Fields =>
  Object.fromEntries(
    Object.entries(settled).map(([name, value]) => [
      name,
      name in answered ? (answered[name] ?? null) : value,
    ]),
  )

/**
 * The link after an action: its base takes over what the action settles. Where the service answered with a value of
 * its own making, that one becomes the base, since it is what the next observation will show.
 */
const settled = (
  { entity, linkId, settles }: Action,
  { dynamicsId, activeCampaignId, answered }: Linked,
  before: StoredLink | undefined,
): StoredLink => ({
  entity,
  id: linkId,
  dynamicsId,
  activeCampaignId,
  base: {
    dynamics: { ...before?.base.dynamics, ...overlay(settles.dynamics, answered?.dynamics) },
    activeCampaign: {
      ...before?.base.activeCampaign,
      ...overlay(settles.activeCampaign, answered?.activeCampaign),
    },
  },
})

/** Writes down a record as it was just seen. */
export const learnRecord = async (state: StateTransaction, record: StoredRecord): Promise<void> => {
  const generation = await generationOf(state, record)
  await state.records.save([record], { generation, pending: false })
}

/**
 * Writes down what an action taught. The link is read here, in the same transaction, as another action may have changed
 * its base since the plan.
 */
export const learn = async (
  { records, links, ...state }: StateTransaction,
  action: Action,
  execution: Extract<Execution, { readonly status: 'done' }>,
): Promise<void> => {
  for (const record of execution.records) await learnRecord({ records, links, ...state }, record)
  await learnLists({ records, links, ...state }, action)
  if (execution.gone) await records.remove(execution.gone, [execution.gone.id])
  if (execution.link === undefined) return
  if (execution.link === 'removed') {
    await links.remove(action.entity, [action.linkId])
    return
  }
  if (MoveLink.is(action)) {
    // Neither what goes over nor what the row was linked to before brings its base along.
    await links.remove(action.from.entity, [action.from.id])
    await links.remove(action.entity, [action.linkId])
  }
  const row = { side: 'dynamics', entity: action.entity } as const
  const [before] = await links.of(row, [execution.link.dynamicsId])
  await links.save([settled(action, execution.link, before)])
}
