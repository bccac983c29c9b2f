/**
 * Planning 5,000 linked pairs with 25 mapped fields, one in ten changed, beside `JSON.parse` of the same rows: planning
 * should cost no more than twice as much as reading them.
 */
import {
  compileDefinition,
  extendSchema,
  type Fields,
  field,
  map,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { test } from 'vitest'
import { planBatch, type RecordInput } from '../src/index.ts'

const pairs = 5_000
const columns = [
  ...['firstname', 'lastname', 'jobtitle', 'department', 'nickname', 'middlename', 'salutation', 'suffix'],
  ...['managername', 'assistantname', 'spousesname', 'childrensnames', 'employeeid', 'governmentid'],
  ...['externaluseridentifier', 'telephone1', 'telephone2', 'telephone3', 'mobilephone', 'fax', 'pager'],
  ...['address1_city', 'address1_line1', 'address1_postalcode'],
]
const tags = columns.map((column) => column.toUpperCase())
const schema = extendSchema(standardSchema, {
  activeCampaign: { contacts: Object.fromEntries(tags.map((tag) => [tag, field.text()])) },
})
const definition = compileDefinition(
  {
    version: 1,
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'never',
      fields: [map('emailaddress1', 'email'), ...columns.map((column) => map(column, column.toUpperCase()))],
    },
    guards: {},
  },
  schema,
)

const valuesOf = (names: readonly string[], n: number): Fields =>
  Object.fromEntries(names.map((name, index) => [name, index % 3 === 0 ? '' : `${name.toLowerCase()} ${n}`]))

const records: readonly RecordInput[] = Array.from({ length: pairs }, (_, n) => {
  const id = `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  const dynamics = { emailaddress1: `p${n}@example.com`, ...valuesOf(columns, n) }
  const activeCampaign = { email: `p${n}@example.com`, ...valuesOf(tags, n) }
  const changed = n % 10 === 0
  return {
    link: {
      id: `contacts/${id}`,
      entity: 'contacts',
      dynamicsId: id,
      activeCampaignId: String(n),
      base: { dynamics: structuredClone(dynamics), activeCampaign: structuredClone(activeCampaign) },
    },
    dynamics: { id, etag: `W/"${n}"`, fields: changed ? { ...dynamics, lastname: 'Changed' } : dynamics },
    activeCampaign: { id: String(n), fields: activeCampaign },
  }
})
const text = JSON.stringify(records)
const input = { definition, entity: 'contacts' as const, candidates: {}, settings: { tenant: 'contoso' } }

const plan = planBatch({ ...input, records })
if (plan.counts.planned !== pairs / 10 || plan.counts.unchanged !== pairs * 0.9) {
  throw new Error(`the bench plans something else: ${JSON.stringify(plan.counts)}`)
}

test(`${pairs} linked pairs × ${columns.length + 1} fields, 10 % changed`, async ({ bench }) => {
  await bench.compare(
    bench('JSON.parse of the same rows', () => {
      JSON.parse(text)
    }),
    bench('planBatch', () => {
      planBatch({ ...input, records })
    }),
  )
})
