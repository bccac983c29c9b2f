import type { CompiledField } from '@dynacamp/mapping-dsl'
import { dynamicsKey, isSameKey } from '../match/match-key.ts'
import type { DynamicsCandidate } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { decisionFor, viewOf } from './field-view.ts'
import { isHandedOver } from './speaker.ts'
import { type WayOfRow, wayOf } from './ways.ts'

/** Whether a row gets another e-mail from its contact in the plan that is being made, or the key that nobody has looked up yet. */
export type MovesOn = boolean | { readonly key: string }

/** Looks at the records themselves and at no other decision, so that the answer does not depend on what else is in the batch. */
const findWay = (
  context: BatchContext,
  field: CompiledField,
  { observation: dynamics, link, contact: activeCampaign }: DynamicsCandidate,
): WayOfRow => {
  if (link === undefined || activeCampaign === undefined) return false
  const handedOver = isHandedOver(context, dynamics)
  if (handedOver !== false) return handedOver === true ? false : handedOver
  const pair = { link, dynamics, activeCampaign }
  const view = viewOf(field, pair, link.base)
  const decision = decisionFor(context, pair, view)
  const converted = field.toDynamics(view.activeCampaign, view.row)
  if (decision.kind !== 'write' || decision.to !== 'dynamics' || !converted.ok) return false
  const next = dynamicsKey(context.rule, { [field.dynamics]: converted.value })
  const now = dynamicsKey(context.rule, dynamics.fields)
  if (next.kind !== 'key' || isSameKey(now, next)) return false
  const holders = context.holdersOf(next.key)
  return holders === undefined ? { key: next.key } : { rivals: rivalsOf(context, holders) }
}

/**
 * Follows who gets whose e-mail, if the row `mover` gets that of this one: nobody on the way may keep theirs. D365 takes any, so
 * those who pass theirs on in a circle move too.
 */
export const movesOn = (
  context: BatchContext,
  field: CompiledField,
  row: DynamicsCandidate,
  mover: string,
): MovesOn => {
  const seen = new Set([mover])
  const ahead = [row]
  let unknown: { readonly key: string } | undefined
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { id } = next.observation
    if (seen.has(id)) continue
    seen.add(id)
    const way = wayOf(context.ways.ofRows, next.observation, () => findWay(context, field, next))
    if (way === false) return false
    if ('key' in way) unknown ??= way
    // The first one is looked at first, with all that it leads to.
    else for (const rival of way.rivals.toReversed()) ahead.push(rival)
  }
  return unknown ?? true
}
