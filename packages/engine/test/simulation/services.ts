import type { FieldValue } from '@dynacamp/mapping-dsl'
import {
  type ActiveCampaignSimulator,
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createVirtualClock,
  type DynamicsSimulator,
  type VirtualClock,
} from '@dynacamp/simulators'

/** Both services on one clock. */
export interface Services {
  readonly clock: VirtualClock
  readonly dynamics: DynamicsSimulator
  readonly activeCampaign: ActiveCampaignSimulator
}

/** The lists that people are subscribed to. */
export const listIds = ['1', '2'] as const

/** The custom fields of accounts by personalisation tag. */
export const accountFields = {
  TICKER: { id: '1', fieldType: 'text' },
  STAFF: { id: '2', fieldType: 'number' },
} as const

/** Pages of three rows: the few people of a history fill several, and can change between two of them. */
const pageLimit = 3

/** Whether a contact shows that somebody took a tag off it: nobody says so, and half of the histories have it either way. */
export const tagRemovalOf = (seed: number): 'moves-udate' | 'keeps-udate' =>
  seed % 2 === 0 ? 'keeps-udate' : 'moves-udate'

export const createServices = (seed: number): Services => {
  const clock = createVirtualClock()
  const dynamics = createDynamicsSimulator({ clock, seed, behaviour: { pageLimit } })
  const activeCampaign = createActiveCampaignSimulator({
    clock,
    seed,
    behaviour: { pageLimit, tagRemoval: tagRemovalOf(seed) },
  })
  activeCampaign.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
  activeCampaign.defineField({ title: 'Children', type: 'number', perstag: 'CHILDREN' })
  activeCampaign.defineField({ title: 'Diary', type: 'text', perstag: 'DIARY' })
  for (const [personalization, { id, fieldType }] of Object.entries(accountFields)) {
    activeCampaign.insert('accountCustomFieldMeta', {
      ...{ id, fieldType, personalization },
      fieldLabel: personalization,
    })
  }
  for (const id of listIds) activeCampaign.insert('lists', { id, name: `List ${id}`, stringid: `list-${id}` })
  return { clock, dynamics, activeCampaign }
}

/** What a record holds, as the services tell it without being asked over the API. */
export type Cells = Readonly<Record<string, FieldValue>>

/**
 * All records by side, entity and id: `dynamics/contacts/<id>`, and `leads`, `accounts`, `opportunities`;
 * `activeCampaign/contacts/<id>`, and `accounts`, and `records` of the custom object by their external id.
 */
export type Snapshot = ReadonlyMap<string, Cells>

const personColumns = [
  'emailaddress1',
  'firstname',
  'lastname',
  'telephone1',
  'jobtitle',
  'numberofchildren',
  'department',
  'donotbulkemail',
  'statecode',
  '_parentcustomerid_value',
  '_parentaccountid_value',
] as const

/** Where an opportunity may name its person. */
const personLookups = ['_parentcontactid_value', '_customerid_value', '_originatingleadid_value'] as const

const tables = [
  ['contact', 'contacts', personColumns],
  ['lead', 'leads', personColumns],
  ['account', 'accounts', ['name', 'websiteurl', 'tickersymbol', 'numberofemployees', 'statecode']],
  ['opportunity', 'opportunities', ['name', 'description', 'statecode', ...personLookups]],
] as const

/** The custom object that opportunities flow to. */
export const objectSlug = 'd365-opportunity'

const fieldValueOf = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

type ObjectRecord = ReturnType<ActiveCampaignSimulator['objectRecords']>[number]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Values of a record of the custom object, by the ids of its fields. */
const valuesOf = ({ fields }: ObjectRecord): readonly (readonly [string, FieldValue])[] =>
  (Array.isArray(fields) ? fields : [])
    .filter(isObject)
    .map(({ id, value }) => [String(id), fieldValueOf(value)] as const)

/** The contact that a record is shown on. */
const contactOf = ({ relationships }: ObjectRecord): FieldValue => {
  const contacts = isObject(relationships) ? relationships['primary-contact'] : undefined
  return Array.isArray(contacts) ? fieldValueOf(contacts[0]) : null
}

/** Values of the custom fields of an account, by personalisation tag. */
const customValuesOf = (values: readonly Readonly<Record<string, unknown>>[], account: unknown): Cells =>
  Object.fromEntries(
    Object.entries(accountFields).map(([tag, field]) => {
      const value = values.find((one) => one.accountId === account && one.customFieldId === field.id)
      return [tag, String(value?.fieldValue ?? '')]
    }),
  )

export const snapshotOf = ({ dynamics, activeCampaign }: Services): Snapshot => {
  const records = new Map<string, Cells>()
  for (const [table, entity, columns] of tables) {
    for (const row of dynamics.rows(table)) {
      const cells = Object.fromEntries(columns.map((column) => [column, fieldValueOf(row[column])]))
      records.set(`dynamics/${entity}/${String(row[`${table}id`])}`, cells)
    }
  }
  const accountOf = new Map(
    activeCampaign.rows('accountContacts').map(({ contact, account }) => [contact, fieldValueOf(account)]),
  )
  for (const { id, email, firstName, lastName, phone, fields, lists, tags } of activeCampaign.contacts()) {
    records.set(`activeCampaign/contacts/${id}`, {
      ...{ email, firstName, lastName, phone },
      POSITION: fields.POSITION ?? '',
      CHILDREN: fields.CHILDREN ?? '',
      ...Object.fromEntries(listIds.map((list) => [`list ${list}`, lists[list] ?? null])),
      tags: [...tags].sort((a, b) => (a < b ? -1 : 1)).join('\n'),
      account: accountOf.get(id) ?? '',
    })
  }
  const customValues = activeCampaign.rows('accountCustomFieldData')
  for (const { id, name, accountUrl } of activeCampaign.rows('accounts')) {
    records.set(`activeCampaign/accounts/${String(id)}`, {
      name: fieldValueOf(name),
      accountUrl: fieldValueOf(accountUrl),
      ...customValuesOf(customValues, id),
    })
  }
  for (const record of activeCampaign.objectRecords(objectSlug)) {
    records.set(`activeCampaign/records/${String(record.externalId ?? record.id)}`, {
      ...Object.fromEntries(valuesOf(record)),
      contact: contactOf(record),
    })
  }
  return records
}
