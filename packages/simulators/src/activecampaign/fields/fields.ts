import type { Endpoint } from '../core/call.ts'
import { type Call, param } from '../core/call.ts'
import { crud, rowOr404 } from '../core/crud.ts'
import { type JsonObject, type Row, stored, text } from '../core/json.ts'
import { invalid, missing, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { listRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'
import { fieldOptions } from './field-options.ts'
import { fieldRels } from './field-rels.ts'

const types = [
  'text',
  'textarea',
  'date',
  'datetime',
  'dropdown',
  'listbox',
  'radio',
  'checkbox',
  'hidden',
  'number',
  'NULL',
]

/** `Personalized Tag` becomes `PERSONALIZEDTAG` when sent, `Nango Test Field` `NANGO_TEST_FIELD` when made of a title. */
function perstagOf(store: Store, sent: JsonObject, title: string, current: Row | undefined): string {
  const wanted = text(sent.perstag).toUpperCase().replaceAll(/\s+/g, '')
  if (wanted === '' && current !== undefined) return text(current.perstag)
  const base = wanted === '' ? title.toUpperCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_') : wanted
  const taken = (tag: string): boolean =>
    store.tables.fields.by('perstag', tag).some((row) => row.id !== current?.id)
  let perstag = base
  for (let number = 2; taken(perstag); number += 1) perstag = `${base}_${String(number)}`
  return perstag
}

export const fields: Resource = {
  path: 'fields',
  one: 'field',
  model: 'Field',
  links: ['options', 'relations'],
  defaults: (store) => ({
    title: '',
    descript: '',
    type: 'text',
    isrequired: '0',
    perstag: '',
    defval: '',
    show_in_list: '0',
    rows: '0',
    cols: '0',
    visible: '1',
    service: '',
    ordernum: String(store.tables.fields.size + 1),
    cdate: store.iso(),
    udate: store.iso(),
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
  }),
  accept: (call, sent, current) => {
    const title = text(sent.title ?? current?.title)
    const type = text(sent.type ?? current?.type)
    if (title === '') throw missing('field', 'title')
    if (type === '') throw missing('field', 'type')
    if (!types.includes(type))
      throw invalid(`The field type "${type}" is not valid.`, 'field_invalid', 'type')
    const namesake = call.store.tables.fields.rows.find(
      (row) => row.title === title && row.id !== current?.id,
    )
    if (namesake !== undefined) {
      throw invalid(`There is already a field named '${title}' -- choose another name`, 'duplicate', 'title')
    }
    const others = ['descript', 'isrequired', 'defval', 'show_in_list', 'rows', 'cols', 'visible', 'service']
    return {
      ...Object.fromEntries(others.flatMap((key) => (key in sent ? [[key, stored(sent[key] ?? null)]] : []))),
      // A new field goes to the end whatever number is sent (recorded); an existing one can be moved.
      ...(current !== undefined && 'ordernum' in sent ? { ordernum: text(sent.ordernum) } : {}),
      title,
      type,
      perstag: perstagOf(call.store, sent, title, current),
    }
  },
  created: (row) => ({
    title: text(row.title),
    type: text(row.type),
    cdate: text(row.cdate),
    udate: text(row.udate),
    perstag: text(row.perstag),
    ordernum: Number(row.ordernum),
  }),
  // Documented: an update answers this one as a number.
  updated: (row, sent) => ({ isrequired: sent.isrequired ?? Number(row.isrequired) }),
  computed: (row, store) => ({
    options: store.tables.fieldOptions.by('field', row.id).map((option) => option.id),
    relations: store.tables.fieldRels.by('field', row.id).map((relation) => relation.id),
  }),
  beside: (rows, store, occasion) => {
    if (occasion === 'create' || occasion === 'update') return {}
    return {
      fieldOptions: rows
        .flatMap((row) => store.tables.fieldOptions.by('field', row.id))
        .map((row) => shown(row, fieldOptions, store)),
      fieldRels: rows
        .flatMap((row) => store.tables.fieldRels.by('field', row.id))
        .map((row) => shown(row, fieldRels, store)),
    }
  },
  touched: (store) => ({ udate: store.iso(), updated_timestamp: store.stamp() }),
  removed: (row, { store }) => {
    for (const name of ['fieldValues', 'fieldOptions', 'fieldRels'] as const) {
      for (const dependent of store.tables[name].by('field', row.id)) store.tables[name].remove(dependent.id)
    }
  },
  list: { usual: 100, searches: ['title'], meta: () => ({ selected: null }) },
  permission: { create: 'pgContactFields', update: 'pgContactFields', remove: 'pgContactFields' },
}

const shown = (row: Row, resource: Resource, store: Store): JsonObject => ({
  ...row,
  links: Object.fromEntries(
    resource.links.map((name) => [name, `${store.origin}/api/3/${resource.path}/${row.id}/${name}`]),
  ),
})

const ofField = (resource: Resource, name: string) => ({
  operation: `fields.${name}`,
  method: 'GET' as const,
  path: `fields/:id/${name}`,
  handle: (call: Call) => {
    const field = rowOr404(fields, call, param(call, 'id'))
    const rows = call.store.tables[resource.path].by('field', field.id)
    return ok({ [resource.path]: rows.map((row) => listRow(resource, row, call)) })
  },
})

export const fieldEndpoints: readonly Endpoint[] = [
  ...crud(fields),
  ofField(fieldOptions, 'options'),
  ofField(fieldRels, 'relations'),
]
