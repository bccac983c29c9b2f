import type { Action } from '@dynacamp/core'
import type { Played } from '../play.ts'
import type { Law } from './law.ts'

/**
 * What no change of a record tells: that somebody subscribes in ActiveCampaign need not show in the contact; and records of the custom
 * object are listed without an order of their changes, so that ordinary runs read none.
 */
const isUntold = ({ diary }: Played, { kind, entity, activeCampaignId }: Action): boolean =>
  kind === 'unsubscribe-active-campaign-contact' ||
  (entity === 'opportunities' &&
    diary.entries.some(
      ({ by, record }) => by === 'people' && record === `activeCampaign/records/${activeCampaignId}`,
    ))

/** Ordinary runs are enough: once they find nothing more to do, a full reading finds nothing either, but for what nobody is told. */
export const nothingMissed: Law = (played) =>
  played.foundLate
    .filter((action) => !isUntold(played, action))
    .map(
      ({ kind, entity, dynamicsId, activeCampaignId, because }) =>
        `Only a full reading found: ${kind} ${entity} ${dynamicsId} ${activeCampaignId}. ${because}`,
    )
