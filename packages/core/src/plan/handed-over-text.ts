import { dynamicsKey } from '../match/match-key.ts'
import { isDeleted } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { Successor } from '../model/record.ts'
import { type BatchContext, inTable, keyName } from './batch-context.ts'
import { counterpartName } from './counterpart-actions.ts'

/** What a row does for the record at hand; an account is no person. */
export const speaks = ({ entity }: BatchContext): string =>
  entity.entity === 'accounts' ? 'stands for this account' : 'speaks for this person'

/** The ActiveCampaign end of a record by its id. */
export const counterpartCalled = ({ entity }: BatchContext, id: string): string =>
  `${counterpartName(entity.entity)} ${id}`

/**
 * What becomes of the contact of a row whose place another one takes. The other row goes with a contact that has its key, where
 * there is one, and takes this one over where there is none; it may still be held itself, so nothing more is promised.
 */
export const handedOverText = (
  context: BatchContext,
  { activeCampaignId }: LinkedSubject,
  { entity, dynamics }: Successor,
): string => {
  const another = `Another row ${speaks(context)} now`
  const contact = counterpartCalled(context, activeCampaignId)
  const toTakeOver = `${another}, and ${contact} is for that row to take over`
  const table = context.definition.entities.find((candidate) => candidate.entity === entity)
  const there = table === undefined ? context : inTable(context, table)
  const match = dynamicsKey(there.rule, isDeleted(dynamics) ? {} : dynamics.fields)
  if (match.kind !== 'key') return `${toTakeOver}.`
  const key = keyName(there, 'dynamics')
  const holders = context.holdersOf(match.key)
  if (holders === undefined) return `${toTakeOver}, unless another one has its ${key}.`
  const [holder] = holders.activeCampaign
  if (holder === undefined || holder.observation.id === activeCampaignId) return `${toTakeOver}.`
  return `${another}, and ${counterpartCalled(context, holder.observation.id)} has its ${key}; ${contact} is left as it is.`
}
