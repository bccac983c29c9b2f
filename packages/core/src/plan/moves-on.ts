import type { CompiledField } from '@dynacamp/mapping-dsl'
import { dynamicsKey, isSameKey } from '../match/match-key.ts'
import type { DynamicsCandidate } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { decisionFor, viewOf } from './field-view.ts'
import { isHandedOver } from './speaker.ts'

/** Whether a row gets another e-mail from its contact in the plan that is being made, or the key that nobody has looked up yet. */
export type MovesOn = boolean | { readonly key: string }

/**
 * Follows who gets whose e-mail. D365 takes any, so those who pass theirs on in a circle move too. `moving`: rows that move if this
 * one does. Like `givesUpKey` it looks at the records themselves and at no other decision.
 */
export const movesOn = (
  context: BatchContext,
  field: CompiledField,
  { observation: dynamics, link, contact: activeCampaign }: DynamicsCandidate,
  moving: ReadonlySet<string>,
): MovesOn => {
  if (moving.has(dynamics.id)) return true
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
  return allMoveOn(context, field, next.key, new Set([...moving, dynamics.id]))
}

/** Whether nobody keeps a key: everybody who has it is among those who move, or moves on. */
const allMoveOn = (
  context: BatchContext,
  field: CompiledField,
  key: string,
  moving: ReadonlySet<string>,
): MovesOn => {
  const holders = context.holdersOf(key)
  if (holders === undefined) return { key }
  const answers = rivalsOf(context, holders).map((rival) => movesOn(context, field, rival, moving))
  return answers.find((answer) => answer === false) ?? answers.find((answer) => answer !== true) ?? true
}
