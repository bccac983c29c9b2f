import type { RecordKind, StoredLink, StoredRecord } from '../../src/index.ts'

/** What a store remembers of one tenant, as plainly as it can be said. Slow, and easy to believe. */
export interface Model {
  readonly records: Map<string, ModelRecord>
  readonly links: Map<string, StoredLink>
  readonly cursors: Map<string, string>
}

interface ModelRecord {
  readonly record: StoredRecord
  readonly generation: number
  readonly pending: boolean
  dirty: boolean
}

export const emptyModel = (): Model => ({ records: new Map(), links: new Map(), cursors: new Map() })

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const nameOf = ({ side, entity }: RecordKind, id: string): string => JSON.stringify([side, entity, id])
const sorted = (fields: object): string =>
  JSON.stringify(Object.entries(fields).sort(([a], [b]) => byCodeUnits(a, b)))

const peopleOf = (link: StoredLink): RecordKind => ({
  side: 'activeCampaign',
  entity: link.entity === 'leads' ? 'contacts' : link.entity,
})
const endsOf = (link: StoredLink) => [
  { kind: { side: 'dynamics', entity: link.entity } as const, id: link.dynamicsId },
  { kind: peopleOf(link), id: link.activeCampaignId },
]

const all = ({ records }: Model, kind: RecordKind): readonly ModelRecord[] =>
  [...records.values()]
    .filter(({ record }) => record.side === kind.side && record.entity === kind.entity)
    .sort((a, b) => byCodeUnits(a.record.id, b.record.id))

const touch = ({ records }: Model, kind: RecordKind, id: string): void => {
  const found = records.get(nameOf(kind, id))
  if (found) found.dirty = true
}

/** What is on a page of records. */
const paged = (
  records: readonly ModelRecord[],
  { after, limit }: { readonly after: string | null; readonly limit: number },
) =>
  records
    .map(({ record }) => record)
    .filter(({ id }) => id > (after ?? ''))
    .slice(0, limit)

const linksOf = ({ links }: Model, kind: RecordKind, ids: readonly string[]): readonly StoredLink[] =>
  [...links.values()].filter((link) =>
    endsOf(link).some((end) => nameOf(end.kind, end.id) === nameOf(kind, end.id) && ids.includes(end.id)),
  )

export const modelRecords = {
  save: (
    model: Model,
    records: readonly StoredRecord[],
    options: { readonly generation: number; readonly pending: boolean },
  ): void => {
    const last = new Map(records.map((record) => [nameOf(record, record.id), record]))
    for (const [name, record] of last) {
      const before = model.records.get(name)
      const same =
        before !== undefined &&
        sorted(before.record.fields) === sorted(record.fields) &&
        before.record.active === record.active &&
        JSON.stringify(before.record.tags) === JSON.stringify(record.tags)
      const keys = [...new Set(record.keys)].sort(byCodeUnits)
      model.records.set(name, {
        record: { ...record, keys },
        ...options,
        dirty: before?.dirty === true || !same,
      })
    }
  },
  find: (model: Model, kind: RecordKind, ids: readonly string[]) =>
    all(model, kind)
      .map(({ record }) => record)
      .filter(({ id }) => ids.includes(id)),
  findByKey: (model: Model, kind: RecordKind, keys: readonly string[]) =>
    all(model, kind)
      .map(({ record }) => record)
      .filter((record) => record.keys.some((key) => keys.includes(key))),
  dirty: (model: Model, kind: RecordKind, page: { readonly after: string | null; readonly limit: number }) =>
    paged(
      all(model, kind).filter(({ dirty, pending }) => dirty && !pending),
      page,
    ),
  pending: (
    model: Model,
    kind: RecordKind,
    page: { readonly after: string | null; readonly limit: number },
  ) =>
    paged(
      all(model, kind).filter(({ pending }) => pending),
      page,
    ),
  unseen: (
    model: Model,
    kind: RecordKind,
    before: number,
    page: { readonly after: string | null; readonly limit: number },
  ) =>
    paged(
      all(model, kind).filter(({ generation }) => generation < before),
      page,
    ).map(({ id }) => id),
  quiet: (model: Model, kind: RecordKind, ids: readonly string[]): void => {
    for (const found of all(model, kind)) if (ids.includes(found.record.id)) found.dirty = false
  },
  touch: (
    model: Model,
    kind: RecordKind,
    page: { readonly after: string | null; readonly limit: number },
  ): string | null => {
    const ids = paged(all(model, kind), page).map(({ id }) => id)
    for (const id of ids) touch(model, kind, id)
    return ids.length < page.limit ? null : (ids.at(-1) ?? null)
  },
  remove: (model: Model, kind: RecordKind, ids: readonly string[]): void => {
    for (const id of ids) model.records.delete(nameOf(kind, id))
    for (const link of linksOf(model, kind, ids))
      for (const end of endsOf(link)) if (end.kind.side !== kind.side) touch(model, end.kind, end.id)
  },
  count: (model: Model, kind: RecordKind): number => all(model, kind).length,
}

export const modelLinks = {
  save: (model: Model, links: readonly StoredLink[]): void => {
    for (const link of links) model.links.set(JSON.stringify([link.entity, link.id]), link)
    for (const link of links) for (const end of endsOf(link)) touch(model, end.kind, end.id)
  },
  of: linksOf,
  remove: (model: Model, entity: string, ids: readonly string[]): void => {
    for (const id of ids) {
      const link = model.links.get(JSON.stringify([entity, id]))
      if (link === undefined) continue
      model.links.delete(JSON.stringify([entity, id]))
      for (const end of endsOf(link)) touch(model, end.kind, end.id)
    }
  },
  orphans: (
    model: Model,
    entity: string,
    { after, limit }: { readonly after: string | null; readonly limit: number },
  ) =>
    [...model.links.values()]
      .filter((link) => link.entity === entity && link.id > (after ?? ''))
      .filter((link) => endsOf(link).every((end) => !model.records.has(nameOf(end.kind, end.id))))
      .sort((a, b) => byCodeUnits(a.id, b.id))
      .slice(0, limit),
  count: (model: Model, entity: string): number =>
    [...model.links.values()].filter((link) => link.entity === entity).length,
}
