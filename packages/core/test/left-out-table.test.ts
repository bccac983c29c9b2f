/** Leads were in sync and are taken out of the definition: the state still knows them, and they take no part. */
import { expect, test } from 'vitest'
import { type Candidates, linkIdFor, planBatch, type RecordInput } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'

const fields = { emailaddress1: 'ana@example.com' }
const [lead, row] = [
  { id: 'l1', etag: 'W/"1"', fields },
  { id: 'd1', etag: 'W/"1"', fields },
]
const contact = { id: '7', fields: { email: 'ana@example.com' }, lists: [] }
const base = { dynamics: fields, activeCampaign: contact.fields }
const linkOf = (entity: 'contacts' | 'leads', dynamicsId: string) => ({
  ...{ id: linkIdFor(entity, dynamicsId), entity, dynamicsId },
  ...{ activeCampaignId: contact.id, base },
})

const plan = (record: RecordInput, of: Candidates[string]) =>
  planBatch({
    definition: contactsDefinition(),
    entity: 'contacts',
    records: [record],
    candidates: { 'email:ana@example.com': of },
    settings: { tenant: 'contoso' },
  })

test('a new row takes the contact of a lead over', () => {
  const { actions } = plan(
    { dynamics: row },
    {
      dynamics: [{ entity: 'leads', observation: lead, link: linkOf('leads', 'l1') }],
      activeCampaign: [{ observation: contact, link: linkOf('leads', 'l1'), row: lead }],
    },
  )
  expect(actions).toMatchObject([{ kind: 'link-records', dynamicsId: 'd1', activeCampaignId: '7' }])
})

test('the pair of a row that left is not handed to a lead', () => {
  const link = linkOf('contacts', 'd1')
  const { actions, skips } = plan(
    { link, dynamics: { ...row, active: false }, activeCampaign: contact },
    {
      dynamics: [
        { entity: 'leads', observation: lead },
        { entity: 'contacts', observation: { ...row, active: false }, link, contact },
      ],
      activeCampaign: [{ observation: contact, link, row: { ...row, active: false } }],
    },
  )
  expect(actions).toEqual([])
  expect(skips).toMatchObject([{ reason: { code: 'left-scope' } }])
})
