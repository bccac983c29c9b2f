import type { Action } from '@dynacamp/core'
import type { StoredLink } from '../state/state-store.ts'

/** The links that the two ends of an action have by now. */
export interface LinksNow {
  readonly ofRow: StoredLink | undefined
  readonly ofContact: readonly StoredLink[]
}

/** Whether the plan makes or moves the link that the action is meant for: before it, so that it cannot be there yet. */
export const awaitsLink = ({ dependsOn }: Action): boolean =>
  dependsOn.some(
    (id) => id.startsWith('link-records:') || id.startsWith('move-link:') || id.startsWith('create-'),
  )

/**
 * Whether the ends of an action are linked in another way by now than when it was planned: carried out all the same, it would carry
 * what one record says to another one's contact, or link a contact to two rows.
 */
export const isLinkedElse = (action: Action, { ofRow, ofContact }: LinksNow): boolean => {
  const { kind, entity, dynamicsId, activeCampaignId } = action
  const isSame = ofRow?.activeCampaignId === activeCampaignId
  switch (kind) {
    case 'create-active-campaign-contact':
    case 'create-active-campaign-account':
      return ofRow !== undefined
    case 'create-dynamics-record':
      return ofContact.some((link) => link.dynamicsId !== dynamicsId)
    case 'link-records':
      return (
        (ofRow !== undefined && !isSame) ||
        ofContact.some((link) => link.entity === entity && link.dynamicsId !== dynamicsId)
      )
    case 'move-link':
      return ofRow !== undefined && isSame
    case 'create-active-campaign-record':
    case 'create-custom-object':
    case 'extend-custom-object':
      return false
    default:
      return activeCampaignId !== null && !isSame && !awaitsLink(action)
  }
}
