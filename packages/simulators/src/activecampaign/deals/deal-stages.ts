import type { Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { type Row, text } from '../core/json.ts'
import { missing } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { linksOf } from '../core/show.ts'
import type { Store } from '../core/store.ts'

export const dealStages: Resource = {
  path: 'dealStages',
  one: 'dealStage',
  model: 'DealStage',
  links: ['group'],
  readOnly: ['cdate', 'udate'],
  defaults: (store) => ({
    group: '',
    title: '',
    color: '3f3f3f',
    order: '1',
    width: '280',
    dealOrder: 'next-action DESC',
    cardRegion1: 'title',
    cardRegion2: 'next-action',
    cardRegion3: 'show-avatar',
    cardRegion4: 'contact-fullname-acctname',
    cardRegion5: 'value',
    cdate: store.iso(),
    udate: store.iso(),
  }),
  accept: (call, sent, current) => {
    for (const attribute of ['title', 'group']) {
      if (text(sent[attribute] ?? current?.[attribute]) === '') throw missing('dealStage', attribute)
    }
    const columns = sentColumns(dealStages, call, sent)
    if (current !== undefined || 'order' in columns) return columns
    const siblings = call.store.tables.dealStages.by('group', text(sent.group))
    return { ...columns, order: String(siblings.length + 1) }
  },
  created: (row, sent) => ({
    ...Object.fromEntries(
      [
        'dealOrder',
        'cardRegion1',
        'cardRegion2',
        'cardRegion3',
        'cardRegion4',
        'cardRegion5',
        'color',
        'cdate',
        'udate',
      ].map((column) => [column, row[column] ?? null]),
    ),
    width: sent.width ?? Number(row.width),
    order: sent.order ?? Number(row.order),
  }),
  beside: (rows, store, occasion) =>
    occasion === 'create' ? { dealGroups: rows.flatMap((row) => groupRow(store, text(row.group))) } : {},
  touched: (store) => ({ udate: store.iso() }),
  list: { contains: ['title'], searches: ['title'] },
}

/** A pipeline as it comes along with stages and deals: without its stages. */
export function groupRow(store: Store, id: string): readonly Row[] {
  const group = store.tables.dealGroups.get(id)
  if (group === undefined) return []
  return [{ ...group, links: linksOf(store, 'dealGroups', id, dealGroupLinks) }]
}

export const dealGroupLinks = ['stages', 'dealGroupUsers', 'dealGroupGroups', 'winProbabilityFeatures']

export const dealStageEndpoints: readonly Endpoint[] = crud(dealStages)
