import { type Action, type KeyHolders, matchKeysOfDynamics, takesOver, takesPart } from '@dynacamp/core'
import type { CompiledDefinition, CompiledEntity } from '@dynacamp/mapping-dsl'
import { findCandidates } from '../plan/candidates.ts'
import { endOf } from '../state/ends.ts'
import type { Side, StateTransaction } from '../state/state-store.ts'
import type { Stale } from './outcome.ts'
import { optedOutSince, rowExists, takenOver } from './stale.ts'

/** Whose key is looked up: of a row that is to be made it is the new row's, else that of the record on this side. */
const keyed: Readonly<Partial<Record<Action['kind'], Side | 'new row'>>> = {
  'create-dynamics-record': 'new row',
  'delete-active-campaign-contact': 'activeCampaign',
  'delete-active-campaign-account': 'activeCampaign',
  'delete-dynamics-record': 'dynamics',
  'deactivate-dynamics-record': 'dynamics',
  'resubscribe-active-campaign-contact': 'activeCampaign',
}

const keysOf = async (
  { records }: StateTransaction,
  entity: CompiledEntity,
  { kind, changes, dynamicsId, activeCampaignId }: Action,
): Promise<readonly string[]> => {
  const whose = keyed[kind]
  if (whose === undefined) return []
  if (whose === 'new row')
    return matchKeysOfDynamics(entity, Object.fromEntries(changes.map(({ field, after }) => [field, after])))
  const id = whose === 'dynamics' ? dynamicsId : activeCampaignId
  const [record] = await records.find(endOf(entity.entity, whose), id === null ? [] : [id])
  return record?.keys ?? []
}

/** Why an action must not be done, as others have the key of its record by now; undefined where nobody has. */
const whyNot = (
  definition: CompiledDefinition,
  { kind, dynamicsId, activeCampaignId }: Action,
  { dynamics, activeCampaign }: KeyHolders,
  nowMs: number,
): Stale | undefined => {
  const others = dynamics.filter(({ observation }) => observation.id !== dynamicsId)
  if (kind === 'create-dynamics-record') return others.length > 0 ? rowExists : undefined
  if (keyed[kind] === 'dynamics') {
    const [contact, ...more] = activeCampaign
    // Nobody stands in for the contact of a row that takes part no more.
    const own = dynamics.find(({ observation }) => observation.id === dynamicsId)
    const isAlone =
      own !== undefined && takesPart(definition, own, nowMs) && more.length + others.length === 0
    return isAlone && contact !== undefined && contact.link === undefined ? takenOver : undefined
  }
  if (kind !== 'resubscribe-active-campaign-contact') {
    const isTaken = others.some((other) => takesOver(definition, other, activeCampaignId ?? '', nowMs))
    return isTaken ? takenOver : undefined
  }
  const refuses = others.some(
    (other) =>
      (other.link === undefined || other.contactGone || other.link.activeCampaignId === activeCampaignId) &&
      takesPart(definition, other, nowMs) &&
      definition.optOut.columns.some((column) => other.observation.fields[column] === true),
  )
  return refuses ? optedOutSince : undefined
}

/**
 * Actions, by id, that were right when they were planned and are not any more, as somebody else has the key of their record by now: a
 * row that would be the second one of a person, a deletion of what another record takes over, mail for somebody who opted out in another
 * row. Their own records have not changed.
 */
export const takenSince = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  actions: readonly Action[],
  nowMs: number,
): Promise<ReadonlyMap<string, Stale>> => {
  const found = new Map<string, Stale>()
  for (const entity of definition.entities) {
    const [rule] = entity.match
    if (rule === undefined) continue
    const keyOf = new Map<Action, string>()
    for (const action of actions) {
      if (action.entity !== entity.entity || keyed[action.kind] === undefined) continue
      const keys = await keysOf(state, entity, action)
      const key = keys.find((one) => one.startsWith(`${rule.activeCampaign}:`))
      if (key !== undefined) keyOf.set(action, key)
    }
    if (keyOf.size === 0) continue
    const candidates = await findCandidates(state, definition, entity.entity, [...keyOf.values()])
    for (const [action, key] of keyOf) {
      const holders = candidates[key]
      const stale = holders && whyNot(definition, action, holders, nowMs)
      if (stale) found.set(action.id, stale)
    }
  }
  return found
}
