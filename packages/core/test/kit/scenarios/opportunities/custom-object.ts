import type { FieldMapping } from '@dynacamp/mapping-dsl'
import type { ObjectField } from '../../../../src/index.ts'
import { opportunityDefinition, opportunityMappings } from '../../opportunity-definition.ts'
import { applyOpportunities, planOpportunities, putOpportunity } from '../../opportunity-world.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { fresh, inSync, row } from './world.ts'

const text: ObjectField = {
  ...{ id: 'name', type: 'text', required: false },
  ...{ currency: null, scale: null, options: [] },
}

const required: readonly FieldMapping[] = opportunityMappings.map((mapping) =>
  mapping.activeCampaign === 'name' ? { ...mapping, blank: 'clear' } : mapping,
)

export const customObject: readonly OpportunityScenario[] = [
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
]
