import type { MatchRule } from '@dynacamp/mapping-dsl'
import { claimsOf, identitiesDiffer } from '../match/claims.ts'
import type { MatchKey } from '../match/match-key.ts'
import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { holdForHolders, holdIdentityDiffers, holdSharedKey } from './hold-for-holders.ts'
import { planPair } from './plan-pair.ts'

/**
 * Tries the match rules after the first, in order, for a record without a link: the first that finds somebody on the other
 * side decides. Says whether one did, or has to wait. Several on either side are held with all of them; so are two
 * with different identities, as a later rule looks at what people share
 * (docs/decisions/0016-later-match-rules.md).
 */
export const matchByLaterRules = (
  context: BatchContext,
  subject: Subject,
  keyOf: (rule: MatchRule) => MatchKey,
): boolean => {
  for (const [index, rule] of context.entity.match.entries()) {
    if (index === 0) continue
    const match = keyOf(rule)
    if (match.kind !== 'key') continue
    const claims = claimsOf(context, index, match.key)
    if (claims.kind === 'unknown') {
      holdForHolders(context, subject, claims.key)
      return true
    }
    const [row, ...moreRows] = claims.holders.dynamics
    const [contact, ...moreContacts] = claims.holders.activeCampaign
    if (row === undefined || contact === undefined) continue
    if (moreRows.length + moreContacts.length > 0) {
      const message = `${moreRows.length + 1} in Dynamics 365 and ${moreContacts.length + 1} in ActiveCampaign have it.`
      holdSharedKey(context, subject, claims.holders, message, rule)
    } else if (identitiesDiffer(context.rule, row.observation, contact.observation)) {
      holdIdentityDiffers(context, subject, claims.holders, rule)
    } else {
      const { observation: activeCampaign } = contact
      planPair(context, { link: undefined, dynamics: row.observation, activeCampaign, rule })
    }
    return true
  }
  return false
}
