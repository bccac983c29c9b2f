import { bareCall } from '../core/call.ts'
import { createRow } from '../core/crud.ts'
import type { Row } from '../core/json.ts'
import { text } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { fieldOptions } from '../fields/field-options.ts'
import { fields } from '../fields/fields.ts'

/**
 * A contact field to be defined. `type` is one of the service's: `text`, `textarea`, `date`, `datetime`, `dropdown`, `listbox`,
 * `radio`, `checkbox`, `hidden`, `number`.
 *
 * @example
 * ```ts
 * const size: FieldInput = { title: 'Size', type: 'dropdown', options: ['Small', 'Large'] }
 * ```
 */
export interface FieldInput {
  readonly id?: string | number
  readonly title: string
  readonly type: string
  /** Made of the title when left out. */
  readonly perstag?: string
  readonly options?: readonly string[]
}

/**
 * A contact field as an outsider sees it.
 *
 * @example
 * ```ts
 * const tags = createActiveCampaignSimulator().fields().map((field: FieldRow) => field.perstag)
 * ```
 */
export interface FieldRow {
  readonly id: string
  readonly title: string
  readonly type: string
  readonly perstag: string
  readonly options: readonly string[]
}

export function defineField(store: Store, input: FieldInput): FieldRow {
  const call = bareCall(store)
  const made = createRow(fields, call, {
    title: input.title,
    type: input.type,
    ...(input.perstag === undefined ? {} : { perstag: input.perstag }),
  })
  const row = input.id === undefined ? made : renumber(store, made, String(input.id))
  for (const [index, value] of (input.options ?? []).entries()) {
    createRow(fieldOptions, call, { field: row.id, value, label: value, orderid: index + 1 })
  }
  return fieldRow(store, row)
}

function renumber(store: Store, row: Row, id: string): Row {
  store.tables.fields.remove(row.id)
  return store.tables.fields.put({ ...row, id })
}

const fieldRow = (store: Store, row: Row): FieldRow => ({
  id: row.id,
  title: text(row.title),
  type: text(row.type),
  perstag: text(row.perstag),
  options: store.tables.fieldOptions.by('field', row.id).map((option) => text(option.value)),
})

export const fieldRows = (store: Store): readonly FieldRow[] =>
  store.tables.fields.rows.map((row) => fieldRow(store, row))
