import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { dynamicsKey } from '../match/match-key.ts'
import type { DynamicsObservation } from '../model/observation.ts'
import type { DynamicsCandidate, KeyHolders } from '../model/record.ts'
import { timeOf } from '../time-of.ts'
import type { BatchContext } from './batch-context.ts'
import { isEligible } from './eligible.ts'

/** The one with the least (or greatest) instant; none when an instant is missing or shared: then it would be chance. */
const extreme = (
  rows: readonly DynamicsCandidate[],
  instantOf: (row: DynamicsCandidate) => string | undefined,
  order: 1 | -1,
): DynamicsCandidate | undefined => {
  const dated = rows.map((row) => ({ row, time: timeOf(instantOf(row)) * order }))
  // With one instant missing the least is not a number, and nobody has it.
  const least = Math.min(...dated.map(({ time }) => time))
  const [first, ...more] = dated.filter(({ time }) => time === least)
  return more.length === 0 ? first?.row : undefined
}

/**
 * Which of several rows with one key speaks for the contact, by the definition's `sharedEmail`; undefined when people must
 * decide. A row that is linked already keeps its contact: speakers do not change with every edit.
 */
export const speakerAmong = (
  { entity }: BatchContext,
  rows: readonly DynamicsCandidate[],
): DynamicsCandidate | undefined => {
  if (rows.length < 2) return rows[0]
  if (entity.sharedEmail === 'hold') return undefined
  const linked = rows.filter(({ link }) => link !== undefined)
  if (linked.length > 0) return linked.length === 1 ? linked[0] : undefined
  return entity.sharedEmail === 'oldest'
    ? extreme(rows, ({ observation }) => observation.createdOn, 1)
    : extreme(rows, ({ observation }) => observation.modifiedOn, -1)
}

/** Of leads and contacts, the table that speaks for people who are in both. */
const speakingTable = ({ definition }: BatchContext): 'contacts' | 'leads' =>
  definition.sharedContact === 'contact' ? 'contacts' : 'leads'

/** Whether rows of this batch give way to rows of the other table. */
const yieldsToOther = (context: BatchContext): boolean => {
  const { entity } = context.entity
  return (entity === 'leads' || entity === 'contacts') && entity !== speakingTable(context)
}

/** The table that this one gives way to, if the definition has it. */
export const otherTable = (context: BatchContext): CompiledEntity | undefined => {
  if (!yieldsToOther(context)) return undefined
  const speaking = speakingTable(context)
  return context.definition.entities.find((other) => other.entity === speaking)
}

/**
 * A lead and a contact of one person share one ActiveCampaign contact, and the definition says who speaks. The row of the
 * other table that speaks instead of this one, if there is one.
 */
export const otherSpeaker = (context: BatchContext, holders: KeyHolders): DynamicsCandidate | undefined => {
  const speaker = otherTable(context)
  if (speaker === undefined) return undefined
  return holders.dynamics.find(
    (row) => row.entity === speaker.entity && isEligible(context, speaker, row.observation),
  )
}

/** Whether a row gave its contact to a row of the other table, or the key that nobody has looked up yet. */
export type HandedOver = boolean | { readonly key: string }

/** A qualified lead hands its contact over: the row of the other table speaks from now on. */
export const isHandedOver = (context: BatchContext, row: DynamicsObservation): HandedOver => {
  if (otherTable(context) === undefined) return false
  const match = dynamicsKey(context.rule, row.fields)
  if (match.kind !== 'key') return false
  const holders = context.holdersOf(match.key)
  return holders === undefined ? { key: match.key } : otherSpeaker(context, holders) !== undefined
}
