import { type Call, type Endpoint, param } from './call.ts'
import { crud, rowOr404, sentRow } from './crud.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject, pick, type Row, text } from './json.ts'
import { missing, ok, problem } from './reply.ts'
import type { Resource } from './resource.ts'
import { listRow } from './show.ts'
import type { Store } from './store.ts'

/** Accounts and deals have custom fields of the same making, under different names. */
interface Owner {
  readonly meta: 'accountCustomFieldMeta' | 'dealCustomFieldMeta'
  readonly data: 'accountCustomFieldData' | 'dealCustomFieldData'
  readonly metum: string
  readonly datum: string
  /** The owner's id in a datum: as kept and as sent. */
  readonly ownerId: 'accountId' | 'dealId'
  readonly sentOwnerId: 'customerAccountId' | 'dealId'
  readonly links: readonly string[]
  readonly now: (store: Store) => string
  readonly wrote: (store: Store, owner: string) => void
}

const notFound = (): Error => problem(404, 'Not Found')

/** Definitions. Numbers and options are real JSON here, not text. */
export function customFieldMeta(owner: Owner): Resource {
  return {
    path: owner.meta,
    one: owner.metum,
    model: 'CustomFieldMeta',
    links: [owner.data],
    defaults: (store) => ({
      fieldLabel: '',
      fieldType: 'text',
      fieldOptions: null,
      fieldDefault: null,
      fieldDefaultCurrency: null,
      isFormVisible: 1,
      isRequired: 0,
      displayOrder: store.tables[owner.meta].size + 1,
      personalization: '',
      knownFieldId: null,
      hideFieldFlag: 0,
      createdTimestamp: owner.now(store),
      updatedTimestamp: owner.now(store),
    }),
    accept: (call, sent, current) => {
      const label = text(sent.fieldLabel ?? current?.fieldLabel)
      if (label === '') throw missing(owner.metum, 'fieldLabel')
      const made = label.toUpperCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_')
      const personalization = text(current?.personalization) === '' ? made : text(current?.personalization)
      const {
        createdTimestamp: _,
        updatedTimestamp: __,
        ...columns
      } = pick(sent, Object.keys(customFieldMeta(owner).defaults(call.store)))
      return { personalization, ...columns }
    },
    created: (row) => row,
    touched: (store) => ({ updatedTimestamp: owner.now(store) }),
    removed: (row, { store }) => {
      for (const datum of store.tables[owner.data].rows.filter((one) => one.customFieldId === row.id)) {
        store.tables[owner.data].remove(datum.id)
      }
    },
    list: { usual: 100 },
    createdStatus: 200,
    deletedBody: {
      body: { message: `${owner.meta.slice(0, 1).toUpperCase()}${owner.meta.slice(1)} deleted.` },
    },
    notFound,
  }
}

/** Values. Ids are numbers here; a value is what was sent, a multiple one as an array. */
export function customFieldData(owner: Owner): Resource & { readonly owner: Owner } {
  return {
    owner,
    path: owner.data,
    one: owner.datum,
    model: 'CustomFieldData',
    links: owner.links,
    defaults: (store) => ({
      [owner.ownerId]: '',
      customFieldId: '',
      createdTimestamp: owner.now(store),
      updatedTimestamp: owner.now(store),
      fieldValue: null,
    }),
    accept: (call, sent, current) => {
      const of = text(sent[owner.ownerId] ?? sent[owner.sentOwnerId] ?? current?.[owner.ownerId])
      const field = text(sent.customFieldId ?? current?.customFieldId)
      if (of === '') throw missing(owner.datum, owner.sentOwnerId)
      if (field === '') throw missing(owner.datum, 'customFieldId')
      if (call.store.tables[owner.meta].get(field) === undefined) throw notFound()
      return {
        [owner.ownerId]: of,
        customFieldId: field,
        ...pick(sent, ['fieldValue', 'fieldCurrency']),
      }
    },
    created: (row) => ({ ...row, ...numbers(owner, row) }),
    computed: (row) => numbers(owner, row),
    touched: (store) => ({ updatedTimestamp: owner.now(store) }),
    wrote: (row, { store }) => owner.wrote(store, text(row[owner.ownerId])),
    list: { aliases: { [owner.sentOwnerId]: owner.ownerId } },
    createdStatus: 200,
    deletedBody: {
      body: { message: `${owner.data.slice(0, 1).toUpperCase()}${owner.data.slice(1)} deleted.` },
    },
    notFound,
  }
}

const numbers = (owner: Owner, row: Row): JsonObject => ({
  [`${owner.metum}Id`]: Number(row.customFieldId),
  [owner.ownerId]: Number(row[owner.ownerId]),
  customFieldId: Number(row.customFieldId),
})

type Data = ReturnType<typeof customFieldData>

/** Sets the value of one field of one account or deal, replacing what it had. */
export function writeCustomValue(data: Data, call: Call, ownerId: string, sent: JsonObject): Row {
  const { owner } = data
  const table = call.store.tables[owner.data]
  const field = text(sent.customFieldId)
  const current = table.by(owner.ownerId, ownerId).find((row) => row.customFieldId === field)
  const columns = data.accept?.(call, { ...sent, [owner.ownerId]: ownerId }, current) ?? {}
  const row = table.put({
    ...(current ?? data.defaults(call.store)),
    ...columns,
    updatedTimestamp: owner.now(call.store),
    id: current?.id ?? table.nextId(),
  })
  owner.wrote(call.store, ownerId)
  return row
}

const rowsOf = (json: Json): readonly JsonObject[] => (isJsonArray(json) ? json.filter(isJsonObject) : [])

/** The endpoints of the values: the ordinary ones, and two for many at once whose bodies are bare arrays. */
export function customDataEndpoints(data: Data): readonly Endpoint[] {
  const { owner } = data
  const save: Endpoint = {
    operation: `${owner.data}.create`,
    method: 'POST',
    path: owner.data,
    handle: (call) => {
      const sent = sentRow(data, call)
      const ownerId = text(sent[owner.sentOwnerId] ?? sent[owner.ownerId])
      if (ownerId === '') throw missing(owner.datum, owner.sentOwnerId)
      const row = writeCustomValue(data, call, ownerId, sent)
      const more = owner.data === 'dealCustomFieldData' ? { originalValue: '' } : {}
      return ok({ [owner.datum]: { ...listRow(data, row, call), ...more } })
    },
  }
  const bulkCreate: Endpoint = {
    operation: `${owner.data}.bulkCreate`,
    method: 'POST',
    path: `${owner.data}/bulkCreate`,
    handle: (call) => {
      for (const sent of rowsOf(call.json)) {
        writeCustomValue(data, call, text(sent[owner.sentOwnerId] ?? sent[owner.ownerId]), sent)
      }
      return ok({ message: 'the bulk insert was successful' })
    },
  }
  const bulkUpdate: Endpoint = {
    operation: `${owner.data}.bulkUpdate`,
    method: 'PATCH',
    path: `${owner.data}/bulkUpdate`,
    handle: (call) => {
      const sent = rowsOf(call.json)
      const rows = sent.map((one) => rowOr404(data, call, text(one.id)))
      for (const [index, row] of rows.entries()) {
        const { id: _, ...columns } = sent[index] ?? {}
        writeCustomValue(data, call, text(row[owner.ownerId]), {
          ...columns,
          customFieldId: text(row.customFieldId),
        })
      }
      const kind = owner.data.startsWith('account') ? 'AccountCustomFieldDatas' : 'DealCustomFieldDatas'
      return ok({
        message: `${kind} with ID(s): ${rows.map(({ id }) => id).join(', ')} successfully bulk updated.`,
      })
    },
  }
  return [bulkCreate, bulkUpdate, ...crud(data, ['list', 'get', 'update', 'remove']), save]
}

/** The values of one account or deal, under its own path. */
export const dataOfOwner = (data: Data, parent: 'accounts' | 'deals'): Endpoint => ({
  operation: `${parent}.${data.owner.data}`,
  method: 'GET',
  path: `${parent}/:id/${data.owner.data}`,
  handle: (call) => {
    const rows = call.store.tables[data.owner.data].by(data.owner.ownerId, param(call, 'id'))
    return ok({ [data.owner.data]: rows.map((row) => listRow(data, row, call)) })
  },
})
