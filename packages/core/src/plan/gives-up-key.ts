import type { CompiledField } from '@dynacamp/mapping-dsl'
import { activeCampaignKey, isSameKey } from '../match/match-key.ts'
import type { ActiveCampaignCandidate } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible, rivalsOf } from './eligible.ts'
import { decisionFor, viewOf } from './field-view.ts'
import { isHandedOver } from './speaker.ts'
import { type GivesUp, type WayOfContact, wayOf } from './ways.ts'

const no: GivesUp = Object.freeze({ kind: 'no' })
const yes: GivesUp = Object.freeze({ kind: 'yes' })

/** Who has the e-mail that a contact gets from its row, where that decides it; looks at the records themselves only. */
const findWay = (
  context: BatchContext,
  field: CompiledField,
  { observation: activeCampaign, link, row }: ActiveCampaignCandidate,
): WayOfContact => {
  if (link === undefined || link.entity !== context.entity.entity || row === undefined) return no
  if (!isEligible(context, context.entity, row)) return no
  const handedOver = isHandedOver(context, row)
  if (typeof handedOver === 'object') return { kind: 'unknown', key: handedOver.key }
  if (handedOver) return no
  const pair = { link, dynamics: row, activeCampaign }
  const view = viewOf(field, pair, link.base)
  const decision = decisionFor(context, pair, view)
  const converted = field.toActiveCampaign(view.dynamics)
  if (decision.kind !== 'write' || decision.to !== 'activeCampaign' || !converted.ok) return no
  const next = activeCampaignKey(context.rule, { [field.activeCampaign]: converted.value })
  const now = activeCampaignKey(context.rule, activeCampaign.fields)
  if (next.kind !== 'key' || isSameKey(now, next)) return no
  const holders = context.holdersOf(next.key)
  if (holders === undefined) return { kind: 'unknown', key: next.key }
  if (rivalsOf(context, holders).some(({ observation }) => observation.id !== row.id)) return no
  const [other, ...more] = holders.activeCampaign
  if (other === undefined) return yes
  return more.length > 0 ? no : { kind: 'if', other }
}

/**
 * Follows who moves on to whose e-mail, while the contact `waiting` waits for that of this one. It looks at the rows themselves and
 * at no other decision, so that the answer does not depend on what else is in the batch.
 */
export const givesUpKey = (
  context: BatchContext,
  field: CompiledField,
  contact: ActiveCampaignCandidate,
  waiting: string,
): GivesUp => {
  const seen = new Set([waiting])
  let holder = contact
  while (!seen.has(holder.observation.id)) {
    const { observation } = holder
    seen.add(observation.id)
    const way = wayOf(context.ways.ofContacts, observation, () => findWay(context, field, holder))
    if (way.kind !== 'if') return way
    holder = way.other
  }
  return { kind: 'circle' }
}
