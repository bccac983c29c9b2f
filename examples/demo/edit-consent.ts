import { type Comparison, pairsOf } from './compare.ts'
import type { World } from './world.ts'

/** One person tells a salesperson that they want no mail any more, another one leaves the newsletter. */
export const editConsent = async (
  { dynamics, activeCampaign }: World,
  comparison: Comparison,
): Promise<readonly string[]> => {
  const memberships = await activeCampaign.contactLists.list().toArray()
  const readers = pairsOf(comparison, 'contacts').flatMap((pair) => {
    const own = memberships.filter(({ contact }) => contact === pair.activeCampaignId)
    const [membership] = own
    return own.length === 1 && membership?.status === 'active' ? [{ ...pair, list: membership.list }] : []
  })
  const leaving = readers.at(-1)
  const refusing = readers.at(-2)
  if (!leaving || !refusing) return ['left out: not two people in sync are on a list, so nobody opts out']
  await dynamics.table('contacts').update(refusing.dynamicsId, { donotbulkemail: true })
  await activeCampaign.contactLists.unsubscribe({ contact: leaving.activeCampaignId, list: leaving.list })
  return [
    `D365: ${refusing.title} opts out of bulk e-mail`,
    `ActiveCampaign: ${leaving.title} unsubscribes from the newsletter`,
  ]
}
