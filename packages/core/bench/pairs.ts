/** Linked pairs with 25 mapped fields, as the engine hands them to the planner: made for benches. */
import {
  compileDefinition,
  extendSchema,
  type Fields,
  field,
  map,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import type { RecordInput } from '../src/index.ts'

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
export const definition = compileDefinition(
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

const rowOf = (n: number): Fields => ({ emailaddress1: `p${n}@example.com`, ...valuesOf(columns, n) })
const contactOf = (n: number): Fields => ({ email: `p${n}@example.com`, ...valuesOf(tags, n) })

const pairOf = (n: number): RecordInput => {
  const id = `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  const changed = n % 10 === 0
  return {
    link: {
      id: `contacts/${id}`,
      entity: 'contacts',
      dynamicsId: id,
      activeCampaignId: String(n),
      base: { dynamics: rowOf(n), activeCampaign: contactOf(n) },
    },
    dynamics: { id, etag: `W/"${n}"`, fields: changed ? { ...rowOf(n), lastname: 'Changed' } : rowOf(n) },
    activeCampaign: { id: String(n), fields: contactOf(n) },
  }
}

/** `count` linked pairs from the `first` on, one in ten with a last name that changed in D365. */
export const linkedPairs = (count: number, first = 0): readonly RecordInput[] =>
  Array.from({ length: count }, (_, n) => pairOf(first + n))
