import type { Endpoint } from '../core/call.ts'
import { createRow, crud } from '../core/crud.ts'
import { isJsonArray, isJsonObject, type JsonObject, stored, text } from '../core/json.ts'
import { created, missing, noResult, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { createdRow } from '../core/show.ts'

export const fieldOptions: Resource = {
  path: 'fieldOptions',
  one: 'fieldOption',
  model: 'FieldOption',
  links: ['field'],
  defaults: (store) => ({
    field: '',
    orderid: '0',
    value: '',
    label: '',
    isdefault: '0',
    cdate: store.iso(),
    udate: store.iso(),
  }),
  accept: (call, sent, current) => {
    const field = text(sent.field ?? current?.field)
    if (field === '') throw missing('fieldOption', 'field')
    if (call.store.tables.fields.get(field) === undefined) throw noResult('Field', field)
    const value = text(sent.value ?? current?.value ?? sent.label)
    return {
      field,
      value,
      label: text(sent.label ?? current?.label ?? value),
      ...('orderid' in sent ? { orderid: stored(sent.orderid ?? null) } : {}),
      ...('isdefault' in sent ? { isdefault: stored(sent.isdefault ?? null) } : {}),
    }
  },
  created: (row) => ({ cdate: text(row.cdate), udate: text(row.udate) }),
  touched: (store) => ({ udate: store.iso() }),
  // Recorded: this one deletion answers 200 without a body.
  deletedBody: { body: undefined },
  permission: { create: 'pgContactFields', update: 'pgContactFields', remove: 'pgContactFields' },
}

const bulk: Endpoint = {
  operation: 'fieldOption.bulk',
  method: 'POST',
  path: 'fieldOption/bulk',
  handle: (call) => {
    const sent = call.body.fieldOptions
    if (!isJsonArray(sent) || sent.length === 0 || !sent.every(isJsonObject)) {
      throw new Rejection(422, {
        errors: 'Bulk operation failed. Request must contain an array of fieldOption objects.',
      })
    }
    const rows: readonly JsonObject[] = sent.filter(isJsonObject)
    return created({
      fieldOptions: rows.map((option) =>
        createdRow(fieldOptions, createRow(fieldOptions, call, option), option, call),
      ),
    })
  },
}

export const fieldOptionEndpoints: readonly Endpoint[] = [...crud(fieldOptions), bulk]
