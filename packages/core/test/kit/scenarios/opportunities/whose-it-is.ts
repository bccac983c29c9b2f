import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { opportunityDefinition } from '../../opportunity-definition.ts'
import { putOpportunity } from '../../opportunity-world.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { fresh, inSync, person, row, shownOn } from './world.ts'

/** Contacts take no part. */
const leadsOnly = (): CompiledDefinition => {
  const definition = opportunityDefinition()
  return { ...definition, entities: definition.entities.filter(({ entity }) => entity !== 'contacts') }
}

export const whoseItIs: readonly OpportunityScenario[] = [
  {
    situation: 'Its contact is not in sync',
    expected: ['create-custom-object', 'skip contact-not-in-sync'],
    meaning: 'it waits for the contact',
    arrange: (world) => putOpportunity(world, 'o1', row),
  },
  {
    situation: 'Its contact is made by the same plan',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'the record waits for the contact',
    arrange: (world) => {
      putOpportunity(world, 'o1', row)
      const plannedBy = 'create-active-campaign-contact:contacts:c1'
      world.people.set('c1', { entity: 'contacts', activeCampaignId: null, plannedBy })
    },
  },
  {
    situation: 'It names no contact, and its customer is one',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'shown on the customer',
    arrange: (world) => fresh(world, { ...row, _parentcontactid_value: null, _customerid_value: 'c1' }),
  },
  {
    situation: 'Its contact is blank, and its customer is one',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'a blank is no contact: shown on the customer',
    arrange: (world) => fresh(world, { ...row, _parentcontactid_value: '', _customerid_value: 'c1' }),
  },
  {
    situation: 'It names a contact and a lead, and the definition has no contacts',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'shown on the lead’s contact',
    definition: leadsOnly(),
    arrange: (world) => {
      person(world, 'l1', 'leads')
      putOpportunity(world, 'o1', { ...row, _originatingleadid_value: 'l1' })
    },
  },
  {
    situation: 'It names no contact, its customer is one, and it came from a lead that is in sync too',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'shown on the customer',
    arrange: (world) => {
      person(world, 'l1', 'leads')
      const ids = { _parentcontactid_value: null, _customerid_value: 'c1', _originatingleadid_value: 'l1' }
      fresh(world, { ...row, ...ids })
    },
  },
  {
    situation: 'It names no contact, its customer is an account, and its lead is in sync',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'shown on the lead’s contact',
    arrange: (world) => {
      person(world, 'l1', 'leads')
      const ids = { _parentcontactid_value: null, _customerid_value: 'a1', _originatingleadid_value: 'l1' }
      putOpportunity(world, 'o1', { ...row, ...ids })
    },
  },
  {
    situation: 'It names a contact that is not in sync, and a lead that is',
    expected: ['create-custom-object', 'skip contact-not-in-sync'],
    meaning: 'the contact counts: the lead may be somebody else',
    arrange: (world) => {
      person(world, 'l1', 'leads')
      putOpportunity(world, 'o1', { ...row, _originatingleadid_value: 'l1' })
    },
  },
  {
    situation: 'It gets another contact',
    expected: ['update-active-campaign-record'],
    meaning: 'the record moves to that one',
    arrange: (world) => {
      person(world, 'c2')
      inSync(world, { _parentcontactid_value: 'c2' })
    },
  },
  {
    situation: 'Its contact is merged into another one in ActiveCampaign',
    expected: ['update-active-campaign-record'],
    meaning: 'the record moves along with the person',
    arrange: (world) => {
      inSync(world)
      world.people.set('c1', { entity: 'contacts', activeCampaignId: '8', plannedBy: null })
    },
  },
  {
    situation: 'The same, and somebody showed the record on a third contact',
    expected: ['update-active-campaign-record'],
    meaning: 'the row decides, and the plan lists the conflict',
    arrange: (world) => {
      inSync(world)
      world.people.set('c1', { entity: 'contacts', activeCampaignId: '8', plannedBy: null })
      shownOn(world, '9')
    },
  },
  {
    situation: 'Somebody took the record off its contact in ActiveCampaign',
    expected: ['update-active-campaign-record'],
    meaning: 'it is put back; taking that back is not possible, and the undo says so',
    arrange: (world) => {
      inSync(world)
      shownOn(world, null)
    },
  },
  {
    situation: 'The same, and a mapped column changed',
    expected: ['update-active-campaign-record'],
    meaning: 'both are written; an undo takes the column back only',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings' })
      shownOn(world, null)
    },
  },
  {
    situation: 'It names no contact, no customer and no lead',
    expected: ['create-custom-object', 'skip contact-not-in-sync'],
    meaning: 'left aside: a record is shown on somebody',
    arrange: (world) => fresh(world, { ...row, _parentcontactid_value: null }),
  },
  {
    situation: 'Its customer is a contact that is not in sync, and its lead is nobody’s',
    expected: ['create-custom-object', 'skip contact-not-in-sync'],
    meaning: 'it waits for either',
    arrange: (world) =>
      putOpportunity(world, 'o1', {
        ...row,
        ...{ _parentcontactid_value: '', _customerid_value: 'c9', _originatingleadid_value: 'l9' },
      }),
  },
  {
    situation: 'Its contact is in sync no more',
    expected: ['skip contact-not-in-sync'],
    meaning: 'its data stops; the record stays',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings' })
      world.people.clear()
    },
  },
]
