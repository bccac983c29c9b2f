import type { FieldMapping } from '@dynacamp/mapping-dsl'
import { opportunityDefinition, opportunityMappings } from '../../opportunity-definition.ts'
import {
  applyOpportunities,
  type OpportunityWorld,
  planOpportunities,
  putOpportunity,
} from '../../opportunity-world.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { fresh, inSync, person, row, shownOn } from './world.ts'

const byNumber: readonly FieldMapping[] = opportunityMappings.filter(
  ({ activeCampaign }) => activeCampaign === 'probability',
)

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

export const lostState: readonly OpportunityScenario[] = [
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
]
