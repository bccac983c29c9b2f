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

/** Pages of three rows: the few people of a history fill several, and can change between two of them. */
const pageLimit = 3

export const createServices = (seed: number): Services => {
  const clock = createVirtualClock()
  const dynamics = createDynamicsSimulator({ clock, seed, behaviour: { pageLimit } })
  const activeCampaign = createActiveCampaignSimulator({ clock, seed, behaviour: { pageLimit } })
  activeCampaign.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
  activeCampaign.defineField({ title: 'Children', type: 'number', perstag: 'CHILDREN' })
  activeCampaign.defineField({ title: 'Diary', type: 'text', perstag: 'DIARY' })
  for (const id of listIds) activeCampaign.insert('lists', { id, name: `List ${id}`, stringid: `list-${id}` })
  return { clock, dynamics, activeCampaign }
}

/** What a record holds, as the services tell it without being asked over the API. */
export type Cells = Readonly<Record<string, FieldValue>>

/** All records by `dynamics/contacts/<id>`, `dynamics/leads/<id>` and `activeCampaign/contacts/<id>`. */
export type Snapshot = ReadonlyMap<string, Cells>

const columns = [
  'emailaddress1',
  'firstname',
  'lastname',
  'telephone1',
  'jobtitle',
  'numberofchildren',
  'department',
  'donotbulkemail',
  'statecode',
] as const

const fieldValueOf = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null

export const snapshotOf = ({ dynamics, activeCampaign }: Services): Snapshot => {
  const records = new Map<string, Cells>()
  for (const [table, entity] of [
    ['contact', 'contacts'],
    ['lead', 'leads'],
  ] as const) {
    for (const row of dynamics.rows(table)) {
      const cells = Object.fromEntries(columns.map((column) => [column, fieldValueOf(row[column])]))
      records.set(`dynamics/${entity}/${String(row[`${table}id`])}`, cells)
    }
  }
  for (const { id, email, firstName, lastName, phone, fields, lists, tags } of activeCampaign.contacts()) {
    records.set(`activeCampaign/contacts/${id}`, {
      ...{ email, firstName, lastName, phone },
      POSITION: fields.POSITION ?? '',
      CHILDREN: fields.CHILDREN ?? '',
      ...Object.fromEntries(listIds.map((list) => [`list ${list}`, lists[list] ?? null])),
      tags: [...tags].sort((a, b) => (a < b ? -1 : 1)).join('\n'),
    })
  }
  return records
}
