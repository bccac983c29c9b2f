import type { Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { missing, noResult } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import type { Store } from '../core/store.ts'

const dealLinks = [
  'dealActivities',
  'contact',
  'contactDeals',
  'group',
  'nextTask',
  'notes',
  'account',
  'customerAccount',
  'organization',
  'owner',
  'scoreValues',
  'stage',
  'tasks',
  'dealCustomFieldData',
]

/** The columns of a deal's row; money is in cents. */
export const deals: Resource = {
  path: 'deals',
  one: 'deal',
  model: 'Deal',
  links: dealLinks,
  readOnly: [
    'hash',
    'cdate',
    'mdate',
    'activitycount',
    'nextdealid',
    'winProbability',
    'winProbabilityMdate',
  ],
  defaults: (store) => ({
    hash: store.hex().slice(0, 8),
    owner: '1',
    contact: null,
    organization: null,
    group: '',
    stage: '',
    title: '',
    description: '',
    percent: '0',
    cdate: store.iso(),
    mdate: store.iso(),
    nextdate: null,
    nexttaskid: '0',
    value: '0',
    currency: 'usd',
    status: '0',
    activitycount: '1',
    nextdealid: '0',
    edate: null,
    winProbability: null,
    winProbabilityMdate: null,
    account: null,
    customerAccount: null,
  }),
  accept: (call, sent, current) => {
    const columns = sentColumns(deals, call, sent)
    if (current === undefined) checkNew(sent)
    const stage = stageOf(call.store, sent, current)
    const account =
      'account' in sent
        ? {
            account: columns.account ?? null,
            customerAccount: columns.account ?? null,
            organization: columns.account ?? null,
          }
        : {}
    const value = 'value' in sent ? { value: String(Math.trunc(Number(sent.value))) } : {}
    return { ...columns, ...account, ...value, group: text(stage.group), stage: stage.id }
  },
  computed: () => ({ isDisabled: false, nextTask: null }),
  touched: (store) => ({ mdate: store.iso() }),
  wrote: (row, { store }, before) => {
    if (before === undefined) store.tables.deals.put({ ...row, nextdealid: row.id })
    store.emit({
      type: before === undefined ? 'deal_add' : 'deal_update',
      contact: text(row.contact),
      blocks: {
        deal: { id: row.id, title: text(row.title), value: text(row.value), status: text(row.status) },
      },
    })
  },
  removed: (row, { store }) => {
    for (const link of store.tables.contactDeals.by('deal', row.id)) store.tables.contactDeals.remove(link.id)
    for (const datum of store.tables.dealCustomFieldData.by('dealId', row.id))
      store.tables.dealCustomFieldData.remove(datum.id)
  },
  list: { contains: ['title'], searches: ['title'], total: 'number' },
}

function checkNew(sent: JsonObject): void {
  for (const attribute of ['title', 'value', 'currency']) {
    if (text(sent[attribute]) === '') throw missing('deal', attribute)
  }
  if (text(sent.contact) === '' && text(sent.account) === '') throw missing('deal', 'contact')
}

/** The stage a deal is in: the one sent, or the first of the pipeline sent. */
function stageOf(store: Store, sent: JsonObject, current: Row | undefined): Row {
  const { dealGroups, dealStages } = store.tables
  const wanted = text(sent.stage)
  const group = text(sent.group ?? (wanted === '' ? current?.group : ''))
  if (group !== '' && dealGroups.get(group) === undefined) throw noResult('DealGroup', group)
  const kept = text(sent.group) === '' || sent.group === current?.group ? text(current?.stage) : ''
  const id = wanted === '' ? kept : wanted
  const stage = id === '' ? dealStages.by('group', group)[0] : dealStages.get(id)
  if (stage === undefined) throw id === '' ? missing('deal', 'group') : noResult('DealStage', id)
  return stage
}

/** What a plan without Deals shows of a deal, with 200. */
export const stubOf = (row: Row): JsonObject => ({
  title: row.title ?? '',
  status: row.status ?? '0',
  id: row.id,
  isDisabled: true,
})

export const dealDelete: readonly Endpoint[] = crud(deals, ['remove'])
