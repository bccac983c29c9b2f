import { type Comparison, pairsOf } from './compare.ts'
import type { World } from './world.ts'

/** People change companies, one on either side, and a company its website. */
export const editCompanies = async (
  { dynamics, activeCampaign }: World,
  comparison: Comparison,
): Promise<readonly string[]> => {
  const { accountContacts, accounts } = activeCampaign
  const employed = new Set((await accountContacts.list().toArray()).map(({ contact }) => contact))
  const people = pairsOf(comparison, 'contacts').filter(({ activeCampaignId }) =>
    employed.has(activeCampaignId),
  )
  const [hired, lured = hired] = people
  const [first, second = first] = pairsOf(comparison, 'accounts').slice(-2)
  if (!hired || !lured || !first || !second)
    return ['left out: nobody in sync belongs to a company, so nobody changes companies']
  await dynamics.table('contacts').update(hired.dynamicsId, {
    'parentcustomerid_account@odata.bind': `/accounts(${second.dynamicsId})`,
  })
  await accountContacts.move({ contact: lured.activeCampaignId, account: first.activeCampaignId })
  await accounts.update(first.activeCampaignId, { accountUrl: 'https://www.example.com/new' })
  return [
    `D365: ${hired.title} changes to ${second.title}`,
    `ActiveCampaign: ${lured.title} changes to ${first.title}, which has a new website`,
  ]
}
