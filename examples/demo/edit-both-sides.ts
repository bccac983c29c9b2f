import { type Comparison, pairsOf } from './compare.ts'
import type { World } from './world.ts'

/** People change companies, one on either side, and a company its website. */
const editCompanies = async (
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
  if (!hired || !lured || !first || !second) return []
  await dynamics.table('contacts').update(hired.dynamicsId, {
    'parentcustomerid_account@odata.bind': `/accounts(${second.dynamicsId})`,
  })
  await accountContacts.move({ contact: lured.activeCampaignId, account: first.activeCampaignId })
  await accounts.update(first.activeCampaignId, { accountUrl: 'https://www.example.com/new' })
  return [
    'D365: somebody changes to another company',
    'ActiveCampaign: somebody else changes to another company, and a company has a new website',
  ]
}

/** One opportunity comes closer, another one gets another contact. */
const editOpportunities = async ({ dynamics }: World, comparison: Comparison): Promise<readonly string[]> => {
  const [closer, passedOn] = pairsOf(comparison, 'opportunities')
  const [person] = pairsOf(comparison, 'contacts')
  if (!closer || !passedOn || !person) return []
  const opportunities = dynamics.table({ entitySet: 'opportunities', primaryId: 'opportunityid' })
  await opportunities.update(closer.dynamicsId, { closeprobability: 95, opportunityratingcode: 1 })
  await opportunities.update(passedOn.dynamicsId, {
    'parentcontactid@odata.bind': `/contacts(${person.dynamicsId})`,
  })
  return ['D365: an opportunity is nearly won, and another one has another contact']
}

/**
 * What other people do between two runs, each through the API of their service: a salesperson in D365, a marketer in
 * ActiveCampaign, and both of them in the same field of one person. With few people, the same one is changed several times.
 */
export const editBothSides = async (world: World, comparison: Comparison): Promise<readonly string[]> => {
  const { dynamics, activeCampaign } = world
  const [promoted, moved = promoted, renamed = promoted, both = promoted] = pairsOf(comparison, 'contacts')
  if (!promoted || !moved || !renamed || !both) return ['nobody is in sync, so there is nobody to change']
  const contacts = dynamics.table('contacts')
  await contacts.update(promoted.dynamicsId, { jobtitle: 'Head of Purchasing', new_interests: '1,4' })
  await activeCampaign.contacts.update(moved.activeCampaignId, { phone: '+44 20 7946 0958' })
  await contacts.update(renamed.dynamicsId, {
    emailaddress1: `moved-${renamed.dynamicsId.slice(0, 8)}@example.com`,
  })
  await contacts.update(both.dynamicsId, { lastname: 'Lindqvist' })
  await activeCampaign.contacts.update(both.activeCampaignId, { lastName: 'Lindquist' })
  return [
    'D365: a new job title and new interests',
    'ActiveCampaign: a new phone number',
    'D365: a new e-mail address',
    'both: the last name of one person, Lindqvist in D365 and Lindquist in ActiveCampaign',
    ...(await editCompanies(world, comparison)),
    ...(await editOpportunities(world, comparison)),
  ]
}
