import type { Endpoint } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { text } from '../core/json.ts'
import { missing, noResult } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

/** Shows a field for the contacts of a list; `relid` 0 stands for all lists. */
export const fieldRels: Resource = {
  path: 'fieldRels',
  one: 'fieldRel',
  model: 'FieldRel',
  links: [],
  defaults: (store) => ({ field: '', relid: '0', dorder: '0', cdate: store.iso() }),
  accept: (call, sent, current) => {
    const field = text(sent.field ?? current?.field)
    if (field === '') throw missing('fieldRel', 'field')
    if (call.store.tables.fields.get(field) === undefined) throw noResult('Field', field)
    return { field, relid: text(sent.relid ?? current?.relid ?? '0') }
  },
  created: (row, sent) => ({ relid: sent.relid ?? text(row.relid), cdate: text(row.cdate) }),
  permission: { create: 'pgContactFields', update: 'pgContactFields', remove: 'pgContactFields' },
}

export const fieldRelEndpoints: readonly Endpoint[] = crud(fieldRels)
