import { type FieldMapping, map } from '@dynacamp/mapping-dsl'
import { opportunityDefinition, opportunityMappings } from '../../opportunity-definition.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { fresh, inSync } from './world.ts'

const switchedOff: readonly FieldMapping[] = opportunityMappings.map((mapping) =>
  mapping.activeCampaign === 'value' ? { ...mapping, enabled: false } : mapping,
)

const longer = [...opportunityMappings, map('description', 'notes', { as: 'textarea' })]

export const records: readonly OpportunityScenario[] = [
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
]
