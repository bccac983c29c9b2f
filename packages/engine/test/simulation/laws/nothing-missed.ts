import type { Law } from './law.ts'

/**
 * Ordinary runs are enough: once they find nothing more to do, a full reading finds nothing either. But for one thing: that somebody
 * subscribes in ActiveCampaign need not show in the contact, and the service tells nobody.
 */
export const nothingMissed: Law = ({ foundLate }) =>
  foundLate
    .filter(({ kind }) => kind !== 'unsubscribe-active-campaign-contact')
    .map(
      ({ kind, entity, dynamicsId, activeCampaignId, because }) =>
        `Only a full reading found: ${kind} ${entity} ${dynamicsId} ${activeCampaignId}. ${because}`,
    )
