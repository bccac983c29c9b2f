import type { CompiledDefinition, FieldMapping, Fields } from '@dynacamp/mapping-dsl'
import { map } from '@dynacamp/mapping-dsl'
import {
  contactRelationship,
  type ObjectField,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
} from '../../src/index.ts'
import { markdownTable } from './markdown-table.ts'
import { opportunityDefinition, opportunityMappings } from './opportunity-definition.ts'
import {
  applyOpportunities,
  emptyOpportunities,
  type OpportunityWorld,
  opportunityInput,
  planOpportunities,
  putOpportunity,
} from './opportunity-world.ts'

/** A situation around one opportunity, what the plan says about it, and what that means for people. */
interface OpportunityScenario {
  readonly situation: string
  readonly expected: readonly string[]
  readonly meaning: string
  readonly definition?: CompiledDefinition
  readonly settings?: Partial<PlanSettings>
  /** What nobody has looked up yet. */
  readonly unknown?: 'object' | 'people' | 'records'
  arrange(world: OpportunityWorld): void
}

const row = { name: 'Bearings', estimatedvalue: '1299.5 EUR', _parentcontactid_value: 'c1' }
const text: ObjectField = {
  ...{ id: 'name', type: 'text', required: false },
  ...{ currency: null, scale: null, options: [] },
}

const person = (world: OpportunityWorld, id = 'c1', entity: 'contacts' | 'leads' = 'contacts'): void => {
  world.people.set(id, { entity, activeCampaignId: `7${id}`, plannedBy: null })
}

/** Before the first sync: a contact in sync, and its opportunity. */
const fresh = (world: OpportunityWorld, fields: Fields = row): void => {
  person(world)
  putOpportunity(world, 'o1', fields)
}

/** After it. */
const inSync = (world: OpportunityWorld, change: Fields = {}): void => {
  fresh(world)
  applyOpportunities(world, planOpportunities(world, opportunityDefinition()))
  if (Object.keys(change).length > 0) putOpportunity(world, 'o1', { ...row, ...change })
}

const switchedOff: readonly FieldMapping[] = opportunityMappings.map((mapping) =>
  mapping.activeCampaign === 'value' ? { ...mapping, enabled: false } : mapping,
)
const required: readonly FieldMapping[] = opportunityMappings.map((mapping) =>
  mapping.activeCampaign === 'name' ? { ...mapping, blank: 'clear' } : mapping,
)
const byNumber: readonly FieldMapping[] = opportunityMappings.filter(
  ({ activeCampaign }) => activeCampaign === 'probability',
)
/** Contacts take no part. */
const leadsOnly = (): CompiledDefinition => {
  const definition = opportunityDefinition()
  return { ...definition, entities: definition.entities.filter(({ entity }) => entity !== 'contacts') }
}
/** Somebody shows the record on another contact, or on none. */
const shownOn = (world: OpportunityWorld, contact: string | null): void => {
  world.records.set('o1', { ...world.records.get('o1'), [contactRelationship]: contact })
}
const nothingAgrees = (world: OpportunityWorld): void => {
  person(world, 'c2')
  fresh(world, { ...row, closeprobability: '75' })
  applyOpportunities(world, planOpportunities(world, opportunityDefinition(byNumber)))
  putOpportunity(world, 'o1', { ...row, closeprobability: '95', _parentcontactid_value: 'c2' })
  world.links.clear()
}
const onNobody = (world: OpportunityWorld): void => {
  inSync(world)
  world.links.clear()
  shownOn(world, null)
  const plannedBy = 'create-active-campaign-contact:contacts:c1'
  world.people.set('c1', { entity: 'contacts', activeCampaignId: null, plannedBy })
}
const longer = [...opportunityMappings, map('description', 'notes', { as: 'textarea' })]

export const opportunityScenarios: readonly OpportunityScenario[] = [
  {
    situation: 'The first opportunity of a contact in sync',
    expected: ['create-custom-object', 'create-active-campaign-record'],
    meaning: 'the object is made with all its fields, then the record on the contact',
    arrange: fresh,
  },
  {
    situation: 'The definition has opportunities, and there is none',
    expected: ['create-custom-object'],
    meaning: 'the object is made, so that automations can be built on it',
    arrange: () => undefined,
  },
  {
    situation: 'Nothing changed',
    expected: [],
    meaning: 'the record is not written: that would start automations',
    arrange: inSync,
  },
  {
    situation: 'A column changed that is not mapped',
    expected: [],
    meaning: 'the record is not written',
    arrange: (world) => inSync(world, { description: 'Call back' }),
  },
  {
    situation: 'A mapped column changed',
    expected: ['update-active-campaign-record'],
    meaning: 'the record is written once, with all its fields',
    arrange: (world) => inSync(world, { name: 'Ball bearings' }),
  },
  {
    situation: 'Somebody changed the record in ActiveCampaign',
    expected: ['update-active-campaign-record'],
    meaning: 'opportunities flow one way: its value is put back, and the plan lists the conflict',
    arrange: (world) => {
      inSync(world)
      world.records.set('o1', { ...world.records.get('o1'), name: 'By hand' })
    },
  },
  {
    situation: 'A mapped column changed, and its field is switched off',
    expected: [],
    meaning: 'its data stops; its last value stays in the record',
    definition: opportunityDefinition(switchedOff),
    arrange: (world) => inSync(world, { estimatedvalue: '1 EUR' }),
  },
  {
    situation: 'The definition has a new field',
    expected: ['extend-custom-object', 'link-records'],
    meaning: 'the object gets it; a record is written where its row has a value for it, here it has none',
    definition: opportunityDefinition(longer),
    arrange: (world) => inSync(world),
  },
  {
    situation: 'ActiveCampaign has a field of the same name with another type',
    expected: ['create-active-campaign-record', 'extend-custom-object', 'hold object-clash'],
    meaning: 'that field is held, nothing is retyped; the others go on',
    arrange: (world) => {
      fresh(world)
      world.object = { fields: [{ ...text, id: 'rating' }], deleted: [], showsContact: true }
    },
  },
  {
    situation: 'A field of the object was deleted in ActiveCampaign',
    expected: ['hold object-clash'],
    meaning: 'held: the service keeps its id',
    arrange: (world) => {
      inSync(world)
      if (world.object === null || world.object === 'unavailable') throw new Error('no object')
      const fields = world.object.fields.filter(({ id }) => id !== 'rating')
      world.object = { ...world.object, fields, deleted: ['rating'] }
    },
  },
  {
    situation: 'The object is there and not shown on contacts',
    expected: ['hold object-clash'],
    meaning: 'every opportunity is held: a relationship cannot be added',
    arrange: (world) => {
      fresh(world)
      world.object = { fields: [text], deleted: [], showsContact: false }
    },
  },
  {
    situation: 'The account’s plan has no custom objects',
    expected: ['hold object-unavailable'],
    meaning: 'held, with what to do; everything else goes on',
    arrange: (world) => {
      fresh(world)
      world.object = 'unavailable'
    },
  },
  {
    situation: 'A required field is blank',
    expected: ['create-custom-object', 'hold required-blank'],
    meaning: 'held until it is set',
    arrange: (world) => fresh(world, { ...row, name: '' }),
  },
  {
    situation: 'A required field became blank, and blanks are written (`clear`)',
    expected: ['hold bad-value'],
    meaning: 'that field is held: the record cannot lose it',
    definition: opportunityDefinition(required),
    arrange: (world) => {
      fresh(world)
      applyOpportunities(world, planOpportunities(world, opportunityDefinition(required)))
      putOpportunity(world, 'o1', { ...row, name: '' })
    },
  },
  {
    situation: 'A field that is not required became blank, and blanks are written (`clear`)',
    expected: ['update-active-campaign-record'],
    meaning: 'emptied in the record',
    arrange: (world) => {
      fresh(world, { ...row, opportunityratingcode: 1 })
      applyOpportunities(world, planOpportunities(world, opportunityDefinition()))
      putOpportunity(world, 'o1', { ...row, opportunityratingcode: null })
    },
  },
  {
    situation: 'A new row has a value that its field cannot take',
    expected: ['create-active-campaign-record', 'create-custom-object', 'hold bad-value'],
    meaning: 'that field is held, the record is made without it',
    arrange: (world) => fresh(world, { ...row, estimatedvalue: '10 USD' }),
  },
  {
    situation: 'The object requires a field that the definition does not map',
    expected: ['extend-custom-object', 'hold required-blank'],
    meaning: 'held: the service takes no such record',
    arrange: (world) => {
      fresh(world)
      const fields = [text, { ...text, id: 'region', required: true }]
      world.object = { fields, deleted: [], showsContact: true }
    },
  },
  {
    situation: 'The object has an amount in another currency',
    expected: ['create-active-campaign-record', 'extend-custom-object', 'hold object-clash'],
    meaning: 'that field is held, no amount changes its currency; the others go on',
    arrange: (world) => {
      fresh(world)
      const value = { ...text, id: 'value', type: 'currency', currency: 'USD' }
      world.object = { fields: [text, value], deleted: [], showsContact: true }
    },
  },
  {
    situation: 'The object has an amount of which no currency is known',
    expected: ['create-active-campaign-record', 'extend-custom-object'],
    meaning: 'nothing speaks against it: it is the same field',
    arrange: (world) => {
      fresh(world)
      const value = { ...text, id: 'value', type: 'currency', currency: null }
      world.object = { fields: [text, value], deleted: [], showsContact: true }
    },
  },
  {
    situation: 'The object requires several fields, mapped and not, that the row leaves blank',
    expected: ['extend-custom-object', 'hold required-blank'],
    meaning: 'held once; each of them is named',
    arrange: (world) => {
      fresh(world, { ...row, name: null })
      const required = ['zone', 'name', 'area'].map((id) => ({ ...text, id, required: true }))
      const probability = { ...text, id: 'probability', type: 'number', required: true }
      world.object = { fields: [...required, probability], deleted: [], showsContact: true }
    },
  },
  {
    situation: 'The object lacks an option of a dropdown',
    expected: ['extend-custom-object'],
    meaning: 'the option is added, those that are there stay',
    arrange: (world) => {
      inSync(world)
      if (world.object === null || world.object === 'unavailable') throw new Error('no object')
      const fields = world.object.fields.map((field) =>
        field.id === 'rating' ? { ...field, options: ['Hot', 'Frozen'] } : field,
      )
      world.object = { ...world.object, fields }
    },
  },
  {
    situation: 'The same, and somebody made the dropdown required',
    expected: ['extend-custom-object'],
    meaning: 'it stays required',
    arrange: (world) => {
      inSync(world)
      if (world.object === null || world.object === 'unavailable') throw new Error('no object')
      const fields = world.object.fields.map((field) =>
        field.id === 'rating' ? { ...field, required: true, options: ['Hot'] } : field,
      )
      world.object = { ...world.object, fields }
    },
  },
  {
    situation: 'Nobody has looked yet whether the object is there',
    expected: ['hold not-known-yet'],
    meaning: 'held until somebody has',
    unknown: 'object',
    arrange: fresh,
  },
  {
    situation: 'Nobody has looked yet whether its contact is in sync',
    expected: ['create-custom-object', 'hold not-known-yet'],
    meaning: 'held until somebody has',
    unknown: 'people',
    arrange: fresh,
  },
  {
    situation: 'Nobody has looked yet at its record, or at its row',
    expected: ['hold not-known-yet', 'hold not-known-yet'],
    meaning: 'held until somebody has',
    unknown: 'records',
    arrange: (world) => {
      inSync(world)
      putOpportunity(world, 'o2', row)
      applyOpportunities(world, planOpportunities(world, opportunityDefinition()))
    },
  },
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
  {
    situation: 'The state was lost, and the two agree',
    expected: ['link-records'],
    meaning: 'linked by the row’s GUID, no call',
    arrange: (world) => {
      inSync(world)
      world.links.clear()
    },
  },
  {
    situation: 'The state was lost, and they differ',
    expected: ['hold first-link-differs', 'link-records'],
    meaning: 'the field is held, unless `firstLink` is `policy`; nothing is overwritten unseen',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings' })
      world.links.clear()
    },
  },
  {
    situation: 'The state was lost, and nothing agrees, the contact included',
    expected: ['hold first-link-differs', 'hold first-link-differs', 'link-records'],
    meaning: 'linked all the same, so that a person can decide field by field',
    definition: opportunityDefinition(byNumber),
    arrange: nothingAgrees,
  },
  {
    situation: 'The same, and the two were linked by an earlier plan',
    expected: ['hold first-link-differs', 'hold first-link-differs'],
    meaning: 'still held: nobody has decided',
    definition: opportunityDefinition(byNumber),
    arrange: (world) => {
      nothingAgrees(world)
      applyOpportunities(world, planOpportunities(world, opportunityDefinition(byNumber)))
    },
  },
  {
    situation: 'The state was lost, the record is on nobody, and the same plan makes its contact',
    expected: ['link-records'],
    meaning: 'linked; nobody can be named yet',
    arrange: onNobody,
  },
  {
    situation: 'The same, and that was done',
    expected: ['update-active-campaign-record'],
    meaning: 'the record is put on the contact',
    arrange: (world) => {
      onNobody(world)
      applyOpportunities(world, planOpportunities(world, opportunityDefinition()))
    },
  },
  {
    situation: 'The state was lost, they differ in the contact too, and `firstLink` is `policy`',
    expected: ['link-records', 'update-active-campaign-record'],
    meaning: 'linked, then written as the row says, and the plan lists what it overrules',
    settings: { firstLink: 'policy' },
    arrange: (world) => {
      person(world, 'c2')
      inSync(world, { name: 'Ball bearings', _parentcontactid_value: 'c2' })
      world.links.clear()
    },
  },
  {
    situation: 'Both sides came to the same by themselves',
    expected: ['link-records'],
    meaning: 'remembered, no call',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings' })
      world.records.set('o1', { ...world.records.get('o1'), name: 'Ball bearings' })
    },
  },
  {
    situation: 'The same, and another column changed in D365',
    expected: ['link-records', 'update-active-campaign-record'],
    meaning: 'the one is remembered, the other written; neither waits',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings', closeprobability: '75' })
      world.records.set('o1', { ...world.records.get('o1'), name: 'Ball bearings' })
    },
  },
  {
    situation: 'It never was in scope',
    expected: ['create-custom-object', 'skip out-of-scope'],
    meaning: 'left aside',
    arrange: (world) => fresh(world, { ...row, stepname: 'out' }),
  },
  {
    situation: 'It leaves the scope',
    expected: ['skip left-scope'],
    meaning: 'its data stops; the record stays',
    arrange: (world) => inSync(world, { stepname: 'out', name: 'Ball bearings' }),
  },
  {
    situation: 'It was won or lost, and is in scope',
    expected: ['update-active-campaign-record'],
    meaning: 'it goes on: only the scope decides, unlike with inactive people',
    arrange: (world) => {
      inSync(world)
      const now = world.rows.get('o1')
      if (now !== undefined) {
        world.rows.set('o1', { ...now, active: false, fields: { ...row, name: 'Bearings (won)' } })
      }
    },
  },
  {
    situation: 'It was deleted in D365',
    expected: ['skip deleted'],
    meaning: 'the record stays',
    arrange: (world) => {
      inSync(world)
      world.rows.clear()
    },
  },
  {
    situation: 'Its record was deleted in ActiveCampaign',
    expected: ['skip deleted'],
    meaning: 'it does not come back by itself',
    arrange: (world) => {
      inSync(world, { name: 'Ball bearings' })
      world.records.clear()
    },
  },
  {
    situation: 'Both were deleted',
    expected: ['unlink-records'],
    meaning: 'the link is forgotten',
    arrange: (world) => {
      inSync(world)
      world.rows.clear()
      world.records.clear()
    },
  },
  {
    situation: 'A record of which D365 has no row',
    expected: ['skip direction'],
    meaning: 'left alone: somebody else made it',
    arrange: (world) => {
      inSync(world)
      world.records.set('other', { name: 'Other', [contactRelationship]: '9' })
    },
  },
  {
    situation: 'The same, and it has no name',
    expected: ['skip direction'],
    meaning: 'left alone, and called by its id',
    arrange: (world) => {
      inSync(world)
      world.records.set('other', { [contactRelationship]: '9' })
    },
  },
]

/** What an engine gives that has looked up everything but this. */
const lacking = (input: PlanInput, unknown: OpportunityScenario['unknown']): PlanInput => {
  const { customObject: _object, ...withoutObject } = input
  const { references: _references, ...withoutPeople } = input
  if (unknown === 'object') return withoutObject
  if (unknown === 'people') return withoutPeople
  if (unknown === undefined) return input
  const records = input.records.map(({ dynamics, activeCampaign, ...record }) => ({
    ...record,
    ...(dynamics?.id === 'o1' ? { dynamics } : activeCampaign && { activeCampaign }),
  }))
  return { ...input, records }
}

export const planOpportunityScenario = ({
  definition = opportunityDefinition(),
  settings,
  unknown,
  arrange,
}: OpportunityScenario): Plan => {
  const world = emptyOpportunities()
  arrange(world)
  return planBatch(lacking(opportunityInput(world, definition, settings), unknown))
}

/** The table of docs/behaviour.md. */
export const opportunityTable = (): string =>
  markdownTable([
    ['situation', 'the plan', 'that is'],
    ...opportunityScenarios.map(({ situation, expected, meaning }) => [
      situation,
      expected.length === 0 ? 'nothing' : expected.map((code) => `\`${code}\``).join(' '),
      meaning,
    ]),
  ])
