/** A lead and a contact of one person share one ActiveCampaign contact; the definition says who speaks. */
import {
  type CompiledDefinition,
  compileDefinition,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { type DynamicsCandidate, linkIdFor, type Plan, planBatch, type RecordInput } from '../src/index.ts'
import { outcomesOf } from './kit/scenarios.ts'

const definition = (sharedContact: 'contact' | 'lead'): CompiledDefinition =>
  compileDefinition(
    {
      version: 1,
      leads: { direction: 'bidirectional', createInDynamics: 'all', fields: standardMappings.leads },
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts },
      sharedContact,
    },
    standardSchema,
  )

const fields = { emailaddress1: 'ana@example.com', firstname: 'Ana' }
const key = 'email:ana@example.com'
const lead = { id: 'l1', etag: 'W/"1"', fields, active: true }
const row = { id: 'c1', etag: 'W/"2"', fields, active: true }
const contact = { id: '7', fields: { email: 'ana@example.com', firstName: 'Ana' } }

const asLead: DynamicsCandidate = { entity: 'leads', observation: lead }
const asContact: DynamicsCandidate = { entity: 'contacts', observation: row }

const link = {
  ...{ id: linkIdFor('leads', 'l1'), entity: 'leads' as const, dynamicsId: 'l1', activeCampaignId: '7' },
  base: { dynamics: fields, activeCampaign: contact.fields },
}

const planOf = (
  entity: 'leads' | 'contacts',
  record: RecordInput,
  dynamics: readonly DynamicsCandidate[],
  sharedContact: 'contact' | 'lead' = 'contact',
): Plan =>
  planBatch({
    ...{ definition: definition(sharedContact), entity, records: [record] },
    candidates: { [key]: { dynamics, activeCampaign: [{ observation: contact }] } },
    settings: { tenant: 'contoso' },
  })

test('the contact speaks where both exist; the lead is left aside', () => {
  const both = [asLead, asContact]
  expect(outcomesOf(planOf('leads', { dynamics: lead }, both))).toEqual(['skip other-entity-speaks'])
  expect(outcomesOf(planOf('contacts', { dynamics: row }, both))).toContain('link-records')
})

test('the lead speaks where the definition says so', () => {
  const both = [asLead, asContact]
  expect(outcomesOf(planOf('leads', { dynamics: lead }, both, 'lead'))).toContain('link-records')
  expect(outcomesOf(planOf('contacts', { dynamics: row }, both, 'lead'))).toEqual([
    'skip other-entity-speaks',
  ])
})

test('a lead that is alone speaks for itself', () => {
  expect(outcomesOf(planOf('leads', { dynamics: lead }, [asLead]))).toContain('link-records')
})

test('a qualified lead hands its contact over', () => {
  const qualified = { ...lead, active: false }
  const record = { link, dynamics: qualified, activeCampaign: contact }
  const plan = planOf('leads', record, [{ ...asLead, observation: qualified, link }, asContact])
  expect(outcomesOf(plan)).toEqual(['unlink-records'])
  expect(plan.actions[0]?.because).toContain('speaks for this person now')
  const taken = planOf('contacts', { dynamics: row }, [asContact])
  expect(outcomesOf(taken)).toContain('link-records')
})

test('a qualified lead keeps a contact that has another address now: forgotten, it would ask for the lead again', () => {
  const qualified = { ...lead, active: false }
  const moved = { ...contact, fields: { ...contact.fields, email: 'moved@example.com' } }
  const record = { link, dynamics: qualified, activeCampaign: moved }
  const plan = planOf('leads', record, [{ ...asLead, observation: qualified, link }, asContact])
  expect(outcomesOf(plan)).toEqual(['skip other-entity-speaks'])
})

test('a qualified lead without a contact of its own stays as it is', () => {
  const qualified = { ...lead, active: false }
  const record = { link, dynamics: qualified, activeCampaign: contact }
  const plan = planOf('leads', record, [{ ...asLead, observation: qualified, link }])
  expect(outcomesOf(plan)).toEqual(['skip left-scope'])
})

test('no lead is made for somebody who has a contact', () => {
  expect(outcomesOf(planOf('leads', { activeCampaign: contact }, [asContact]))).toEqual([
    'skip other-entity-speaks',
  ])
  expect(outcomesOf(planOf('leads', { activeCampaign: contact }, []))).toEqual(['create-dynamics-record'])
})
