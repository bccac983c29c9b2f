import type { Fields } from '@dynacamp/mapping-dsl'
import { contactRelationship } from '../../../../src/index.ts'
import { opportunityDefinition } from '../../opportunity-definition.ts'
import {
  applyOpportunities,
  type OpportunityWorld,
  planOpportunities,
  putOpportunity,
} from '../../opportunity-world.ts'

export const row = { name: 'Bearings', estimatedvalue: '1299.5 EUR', _parentcontactid_value: 'c1' }

export const person = (
  world: OpportunityWorld,
  id = 'c1',
  entity: 'contacts' | 'leads' = 'contacts',
): void => {
  world.people.set(id, { entity, activeCampaignId: `7${id}`, plannedBy: null })
}

/** Before the first sync: a contact in sync, and its opportunity. */
export const fresh = (world: OpportunityWorld, fields: Fields = row): void => {
  person(world)
  putOpportunity(world, 'o1', fields)
}

/** After it. */
export const inSync = (world: OpportunityWorld, change: Fields = {}): void => {
  fresh(world)
  applyOpportunities(world, planOpportunities(world, opportunityDefinition()))
  if (Object.keys(change).length > 0) putOpportunity(world, 'o1', { ...row, ...change })
}

/** Somebody shows the record on another contact, or on none. */
export const shownOn = (world: OpportunityWorld, contact: string | null): void => {
  world.records.set('o1', { ...world.records.get('o1'), [contactRelationship]: contact })
}
