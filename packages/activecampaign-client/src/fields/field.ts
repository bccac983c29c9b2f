import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, ids, instant, number, optionalText, text } from '../wire.ts'

export const fieldOptionRow = row({
  id,
  field: id,
  value: text,
  label: text,
  orderid: number,
  isdefault: flag,
  cdate: instant,
  udate: instant,
})

/** A choice of a custom field. Values are matched by `value`, people see `label`. */
export type FieldOption = Readonly<z.output<typeof fieldOptionRow>>

export const fieldRelationRow = row({
  id,
  field: id,
  /** Id of the list the field belongs to; `'0'` is all lists. */
  relid: id,
  dorder: number,
  cdate: instant,
})

/** Where a custom field is shown. A field without any relation holds values that nobody sees in the app. */
export type FieldRelation = Readonly<z.output<typeof fieldRelationRow>>

/** Types of contact fields; `listbox` and `checkbox` take several choices. */
export type FieldType =
  | 'text'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'dropdown'
  | 'listbox'
  | 'radio'
  | 'checkbox'
  | 'hidden'
  | 'number'

export const fieldRow = row({
  id,
  title: text,
  descript: text,
  /** One of {@link FieldType}, or one that this client does not know yet. */
  type: text.transform((type): FieldType | (string & {}) => type),
  /** Personalisation tag, without percent signs: the stable name of the field. */
  perstag: text,
  defval: optionalText,
  isrequired: flag,
  show_in_list: flag,
  visible: flag,
  ordernum: number,
  cdate: instant,
  udate: instant,
  created_timestamp: instant,
  updated_timestamp: instant,
  /** Ids of its choices. */
  options: ids,
  /** Ids of its relations. */
  relations: ids,
})

/** A custom field of contacts. */
export type Field = Readonly<z.output<typeof fieldRow>>

/** A custom field with its choices and relations in place of their ids. */
export interface FieldDefinition extends Omit<Field, 'options' | 'relations'> {
  readonly options: readonly FieldOption[]
  readonly relations: readonly FieldRelation[]
}
