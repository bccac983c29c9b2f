import type { MatchRule } from '@dynacamp/mapping-dsl'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { ActiveCampaignCandidate, DynamicsCandidate, KeyHolders } from '../model/record.ts'
import type { BatchContext } from '../plan/batch-context.ts'
import { rivalsOf } from '../plan/eligible.ts'
import { heritageOf } from '../plan/heritage.ts'
import { otherSpeaker, speakerAmong } from '../plan/speaker.ts'
import { activeCampaignKey, dynamicsKey } from './match-key.ts'

/** Who may be paired by a later rule, or the key that nobody has looked up yet. */
export type Claims =
  | { readonly kind: 'known'; readonly holders: KeyHolders }
  | { readonly kind: 'unknown'; readonly key: string }

/** Whether an earlier rule finds somebody for a record, or the key that has to be looked up to know. */
type Settled = boolean | { readonly key: string }

const isUnknown = (settled: Settled): settled is { readonly key: string } => typeof settled === 'object'

const anySettled = (first: Settled, later: () => Settled): Settled => (first === false ? later() : first)

/** Of the rows and contacts with a key, those that are free: not linked, and not found by an earlier rule. */
const freeOf = <T extends DynamicsCandidate | ActiveCampaignCandidate>(
  candidates: readonly T[],
  settledBefore: (candidate: T) => Settled,
): readonly T[] | { readonly key: string } => {
  const free: T[] = []
  for (const candidate of candidates) {
    if (candidate.link !== undefined) continue
    const settled = settledBefore(candidate)
    if (isUnknown(settled)) return settled
    if (!settled) free.push(candidate)
  }
  return free
}

const rowHasIdentity = (context: BatchContext, row: DynamicsObservation): Settled => {
  const match = dynamicsKey(context.rule, row.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) return { key: match.key }
  if (holders.activeCampaign.length > 0 || otherSpeaker(context, holders) !== undefined) return true
  return speakerAmong(context, rivalsOf(context, holders))?.observation.id !== row.id
}

const contactHasIdentity = (context: BatchContext, contact: ActiveCampaignObservation): Settled => {
  const match = activeCampaignKey(context.rule, contact.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  if (holders === undefined) return { key: match.key }
  return (
    holders.dynamics.length > 0 ||
    holders.activeCampaign.some(({ observation }) => observation.id !== contact.id)
  )
}

const rowIsSettled = (context: BatchContext, row: DynamicsCandidate, before: number): Settled => {
  if (before === 0) return false
  const earlier = before - 1
  return anySettled(rowIsSettled(context, row, earlier), () => {
    // What a row takes over comes before what a later rule finds.
    if (earlier === 0)
      return heritageOf(row.predecessors).length > 0 || rowHasIdentity(context, row.observation)
    const match = dynamicsKey(context.entity.match[earlier], row.observation.fields)
    if (match.kind !== 'key') return false
    const claims = claimsOf(context, earlier, match.key)
    return claims.kind === 'unknown' ? claims : claims.holders.activeCampaign.length > 0
  })
}

const contactIsSettled = (
  context: BatchContext,
  contact: ActiveCampaignObservation,
  before: number,
): Settled => {
  if (before === 0) return false
  const earlier = before - 1
  return anySettled(contactIsSettled(context, contact, earlier), () => {
    if (earlier === 0) return contactHasIdentity(context, contact)
    const match = activeCampaignKey(context.entity.match[earlier], contact.fields)
    if (match.kind !== 'key') return false
    const claims = claimsOf(context, earlier, match.key)
    return claims.kind === 'unknown' ? claims : claims.holders.dynamics.length > 0
  })
}

/**
 * Who has a key of the rule with this index, of those that no earlier rule finds somebody for. What is linked has its
 * partner: a spouse with the same telephone does not take it away.
 */
export const claimsOf = (context: BatchContext, index: number, key: string): Claims => {
  const holders = context.holdersOf(key)
  if (holders === undefined) return { kind: 'unknown', key }
  const dynamics = freeOf(rivalsOf(context, holders), (row) => rowIsSettled(context, row, index))
  if ('key' in dynamics) return { kind: 'unknown', key: dynamics.key }
  const activeCampaign = freeOf(holders.activeCampaign, ({ observation }) =>
    contactIsSettled(context, observation, index),
  )
  if ('key' in activeCampaign) return { kind: 'unknown', key: activeCampaign.key }
  return { kind: 'known', holders: { dynamics, activeCampaign } }
}

/** Each has an e-mail (a name, of accounts), and not the same one. */
export const identitiesDiffer = (
  rule: MatchRule | undefined,
  row: DynamicsObservation,
  contact: ActiveCampaignObservation,
): boolean => {
  const [one, other] = [dynamicsKey(rule, row.fields), activeCampaignKey(rule, contact.fields)]
  return one.kind === 'key' && other.kind === 'key' && one.key !== other.key
}
