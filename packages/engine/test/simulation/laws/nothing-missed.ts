import type { Action } from '@dynacamp/core'
import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { tagRemovalOf } from '../services.ts'
import type { Law } from './law.ts'

/**
 * What no ordinary run reads: that somebody subscribes in ActiveCampaign, or takes a tag off, need not show in the contact; records of
 * the custom object are listed without an order of their changes, and so are accounts, which are read for what flows from them only.
 */
const isUntold = (
  { history, definition, diary }: Played,
  { kind, entity, activeCampaignId }: Action,
): boolean => {
  if (kind === 'unsubscribe-active-campaign-contact') return true
  const entriesOf = (table: string): readonly Entry[] =>
    diary.entries.filter(
      ({ by, record }) => by === 'people' && record === `activeCampaign/${table}/${activeCampaignId}`,
    )
  const changedThere = (table: string): boolean => entriesOf(table).length > 0
  const isTagKind = kind === 'add-active-campaign-tags' || kind === 'create-dynamics-record'
  if (isTagKind && tagRemovalOf(history.seed) === 'keeps-udate')
    return entriesOf('contacts').some(
      ({ field, before, after }) => field === 'tags' && String(after).length < String(before).length,
    )
  if (entity === 'opportunities') return changedThere('records')
  const direction = definition.entities.find((candidate) => candidate.entity === entity)?.direction
  return entity === 'accounts' && direction === 'outbound' && changedThere('accounts')
}

/** Ordinary runs are enough: once they find nothing more to do, a full reading finds nothing either, but for what nobody is told. */
export const nothingMissed: Law = (played) =>
  played.foundLate
    .filter((action) => !isUntold(played, action))
    .map(
      ({ kind, entity, dynamicsId, activeCampaignId, because }) =>
        `Only a full reading found: ${kind} ${entity} ${dynamicsId} ${activeCampaignId}. ${because}`,
    )
