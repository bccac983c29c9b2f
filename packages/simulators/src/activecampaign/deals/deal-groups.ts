import type { Call, Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { isJsonArray, type JsonObject, objectAt, type Row, text } from '../core/json.ts'
import { missing } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { linksOf } from '../core/show.ts'
import type { Store } from '../core/store.ts'
import { dealGroupLinks, dealStages } from './deal-stages.ts'

/** Pipelines. A new one comes with three stages. */
export const dealGroups: Resource = {
  path: 'dealGroups',
  one: 'dealGroup',
  model: 'DealGroup',
  links: dealGroupLinks,
  readOnly: ['cdate', 'udate', 'source', 'win_probability_initialize_date'],
  defaults: (store) => ({
    title: '',
    currency: 'usd',
    autoassign: '1',
    allusers: '1',
    allgroups: '1',
    win_probability_initialize_date: null,
    cdate: store.iso(),
    udate: store.iso(),
    source: '',
  }),
  accept: (call, sent, current) => {
    for (const attribute of ['title', 'currency']) {
      if (text(sent[attribute] ?? current?.[attribute]) === '') throw missing('dealGroup', attribute)
    }
    return sentColumns(dealGroups, call, sent)
  },
  created: (row, _sent, store) => ({
    source: '',
    cdate: text(row.cdate),
    udate: text(row.udate),
    autoassign: '0',
    stages: stageIds(store, row),
  }),
  computed: (row, store, call) => ({ stages: stageIds(store, row), ...accessIds(call) }),
  beside: (rows, store, occasion, call) =>
    occasion === 'update'
      ? accessRows(call, rows)
      : { dealStages: rows.flatMap((row) => stagesOf(store, row)) },
  touched: (store) => ({ udate: store.iso() }),
  wrote: (row, { store }, before) => {
    if (before !== undefined) return
    for (const [index, title] of ['To Contact', 'In Contact', 'Follow Up'].entries())
      addStage(store, row, title, index)
    store.emit({ type: 'deal_pipeline_add', blocks: { pipeline: { id: row.id, title: text(row.title) } } })
  },
  removed: (row, { store }) => {
    for (const stage of store.tables.dealStages.by('group', row.id)) store.tables.dealStages.remove(stage.id)
  },
  list: { contains: ['title'], searches: ['title'] },
}

const colors = ['19CCA3', '2E9BD6', 'E6CE4B']

function addStage(store: Store, group: Row, title: string, index: number): void {
  const table = store.tables.dealStages
  table.put({
    ...dealStages.defaults(store),
    group: group.id,
    title,
    color: colors[index] ?? '3f3f3f',
    order: String(index + 1),
    cdate: null,
    udate: null,
    id: table.nextId(),
  })
}

const stageIds = (store: Store, group: Row): readonly string[] =>
  store.tables.dealStages.by('group', group.id).map((stage) => stage.id)

const stagesOf = (store: Store, group: Row): readonly JsonObject[] =>
  store.tables.dealStages
    .by('group', group.id)
    .map((stage) => ({ ...stage, links: linksOf(store, 'dealStages', stage.id, dealStages.links) }))

export const dealGroupEndpoints: readonly Endpoint[] = crud(dealGroups)

/** Who may see a pipeline, as sent: only the answer to that write shows it. */
const accesses = [
  { sent: 'users', shown: 'dealGroupUsers', one: 'user' },
  { sent: 'groups', shown: 'dealGroupGroups', one: 'group' },
] as const

const accessIds = (call: Call): JsonObject =>
  Object.fromEntries(
    accesses.flatMap(({ sent, shown }) => {
      const ids = objectAt(call.body, 'dealGroup')[sent]
      return isJsonArray(ids) ? [[shown, ids.map((_, index) => String(index + 1))] as const] : []
    }),
  )

const accessRows = (call: Call, rows: readonly Row[]): JsonObject =>
  Object.fromEntries(
    accesses.flatMap(({ sent, shown, one }) => {
      const ids = objectAt(call.body, 'dealGroup')[sent]
      if (!isJsonArray(ids)) return []
      const entries = ids.map((id, index) => ({
        cdate: null,
        dealGroup: rows[0]?.id ?? '',
        [one]: text(id),
        links: linksOf(call.store, shown, String(index + 1), ['dealGroup', one]),
        id: String(index + 1),
      }))
      return [[shown, entries] as const]
    }),
  )
