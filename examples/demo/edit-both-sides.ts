import type { Pair } from './compare.ts'
import type { World } from './world.ts'

/**
 * What other people do between two runs, each through the API of their service: a salesperson in D365, a marketer in
 * ActiveCampaign, and both of them in the same field of one person. With few people, the same one is changed several times.
 */
export const editBothSides = async (
  { dynamics, activeCampaign }: World,
  pairs: readonly Pair[],
): Promise<readonly string[]> => {
  const [promoted, moved = promoted, renamed = promoted, both = promoted] = pairs
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
  ]
}
