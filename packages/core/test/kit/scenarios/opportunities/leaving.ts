import { contactRelationship } from '../../../../src/index.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { fresh, inSync, row } from './world.ts'

export const leaving: readonly OpportunityScenario[] = [
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
