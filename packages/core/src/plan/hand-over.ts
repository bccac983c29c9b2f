import { dynamicsKey } from '../match/match-key.ts'
import { isDeleted } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { Successor } from '../model/record.ts'
import { type BatchContext, inTable, keyName } from './batch-context.ts'
import { counterpartName } from './counterpart-actions.ts'
import { holdForHolders } from './hold-for-holders.ts'
import { enterSkip } from './ledger.ts'

/** What a row does for the record at hand; an account is no person. */
export const speaks = ({ entity }: BatchContext): string =>
  entity.entity === 'accounts' ? 'stands for this account' : 'speaks for this person'

/** The ActiveCampaign end of a record by its id. */
export const counterpartCalled = ({ entity }: BatchContext, id: string): string =>
  `${counterpartName(entity.entity)} ${id}`

/**
 * A row whose place another one takes. The other row goes with a contact that has its key, where there is one, and takes this one's
 * over where there is none; it may still be held itself, so nothing more is promised.
 */
export const handOver = (
  context: BatchContext,
  subject: LinkedSubject,
  { entity, dynamics }: Successor,
): void => {
  const table = context.definition.entities.find((candidate) => candidate.entity === entity)
  const there = table === undefined ? context : inTable(context, table)
  const match = dynamicsKey(there.rule, isDeleted(dynamics) ? {} : dynamics.fields)
  const key = match.kind === 'key' ? match.key : undefined
  const holders = key === undefined ? undefined : context.holdersOf(key)
  if (key !== undefined && holders === undefined) {
    holdForHolders(context, subject, key)
    return
  }
  const [holder] = holders?.activeCampaign ?? []
  const contact = counterpartCalled(context, subject.activeCampaignId)
  const becomes =
    holder === undefined || holder.observation.id === subject.activeCampaignId
      ? `${contact} is for that row to take over`
      : `${counterpartCalled(context, holder.observation.id)} has its ${keyName(there, 'dynamics')}; ${contact} is left as it is`
  enterSkip(context.ledger, subject, 'handed-over', `Another row ${speaks(context)} now, and ${becomes}.`)
}
