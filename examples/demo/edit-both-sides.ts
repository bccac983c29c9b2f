import { type Comparison, pairsOf } from './compare.ts'
import { editCompanies } from './edit-companies.ts'
import { editConsent } from './edit-consent.ts'
import { editSales } from './edit-sales.ts'
import type { World } from './world.ts'

/** Changes of people who are in sync, one of them on both sides. With few people, the same one is changed several times. */
const editPeople = async (
  { dynamics, activeCampaign }: World,
  comparison: Comparison,
): Promise<readonly string[]> => {
  const [promoted, called = promoted, moved = promoted, both = promoted] = pairsOf(comparison, 'contacts')
  if (!promoted || !called || !moved || !both)
    return ['left out: nobody is in sync, so there is nobody to change']
  const contacts = dynamics.table('contacts')
  const newAddress = `moved-${moved.dynamicsId.slice(0, 8)}@example.com`
  await contacts.update(promoted.dynamicsId, { jobtitle: 'Head of Purchasing', new_interests: '1,4' })
  await activeCampaign.contacts.update(called.activeCampaignId, { phone: '+44 20 7946 0958' })
  await contacts.update(moved.dynamicsId, { emailaddress1: newAddress })
  await contacts.update(both.dynamicsId, { lastname: 'Lindqvist' })
  await activeCampaign.contacts.update(both.activeCampaignId, { lastName: 'Lindquist' })
  return [
    `D365: ${promoted.title} has a new job title and new interests`,
    `ActiveCampaign: ${called.title} has a new phone number`,
    `D365: ${moved.title} has a new e-mail address`,
    `both: ${both.title} has a new last name, Lindqvist in D365 and Lindquist in ActiveCampaign`,
  ]
}

const noraId = '5e0c2a54-7a0c-4d0e-9d0a-6f1f5b3f0a11'

/** One person more on each side, the same ones however often this is done. */
const addPeople = async ({ dynamics, activeCampaign }: World): Promise<readonly string[]> => {
  const nora = { firstname: 'Nora', lastname: 'Lind', emailaddress1: 'nora.lind@example.com' }
  await dynamics.table('contacts').upsert(noraId, nora)
  const timo = { firstName: 'Timo', lastName: 'Falk', email: 'timo.falk@example.com' }
  const { contact } = await activeCampaign.contacts.sync(timo)
  const name = '[D365: Contact]'
  const known = (await activeCampaign.tags.list().toArray()).find(({ tag }) => tag === name)
  const { id: tag } = known ?? (await activeCampaign.tags.create({ tag: name }))
  await activeCampaign.contactTags.add({ contact: contact.id, tag })
  return [`D365: ${nora.emailaddress1} is new`, `ActiveCampaign: ${timo.email} is new, and tagged ${name}`]
}

/**
 * What other people do between two runs, each through the API of their service: salespeople in D365, a marketer in
 * ActiveCampaign. What the data has nobody for is left out, and said so.
 */
export const editBothSides = async (world: World, comparison: Comparison): Promise<readonly string[]> => [
  ...(await editPeople(world, comparison)),
  ...(await addPeople(world)),
  ...(await editConsent(world, comparison)),
  ...(await editSales(world, comparison)),
  ...(await editCompanies(world, comparison)),
]
