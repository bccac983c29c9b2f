import { type Comparison, pairsOf } from './compare.ts'
import type { World } from './world.ts'

const qualifyLead = async ({ dynamics }: World, comparison: Comparison): Promise<string> => {
  const [lead] = pairsOf(comparison, 'leads')
  if (lead === undefined) return 'left out: no lead is in sync, so none is qualified'
  await dynamics.qualifyLead(lead.dynamicsId, {
    createAccount: false,
    createContact: true,
    createOpportunity: true,
  })
  return `D365: the lead ${lead.title} is qualified: now a contact with an opportunity`
}

const moveOpportunities = async ({ dynamics }: World, comparison: Comparison): Promise<readonly string[]> => {
  const [closer, passedOn] = pairsOf(comparison, 'opportunities')
  const [person] = pairsOf(comparison, 'contacts')
  if (!closer) return ['left out: no opportunity is in sync, so none moves on']
  const opportunities = dynamics.table({ entitySet: 'opportunities', primaryId: 'opportunityid' })
  await opportunities.update(closer.dynamicsId, { closeprobability: 95, opportunityratingcode: 1 })
  const moved = `D365: the opportunity ${closer.title} is nearly won`
  if (!passedOn || !person) return [moved]
  await opportunities.update(passedOn.dynamicsId, {
    'parentcontactid@odata.bind': `/contacts(${person.dynamicsId})`,
  })
  return [moved, `D365: the opportunity ${passedOn.title} has another contact, ${person.title}`]
}

/** A lead becomes a contact, one opportunity comes closer, another one gets another contact. */
export const editSales = async (world: World, comparison: Comparison): Promise<readonly string[]> => [
  await qualifyLead(world, comparison),
  ...(await moveOpportunities(world, comparison)),
]
