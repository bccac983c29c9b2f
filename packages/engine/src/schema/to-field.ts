import type { Field } from '@dynacamp/mapping-dsl'
import { byCodeUnits } from './by-name.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** What contact fields, account fields and fields of custom objects say about themselves. */
export interface FieldInfo {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly options: readonly string[]
  /** Of amounts: ISO 4217. */
  readonly currency?: string | null
}

/** A field as the schema has it, or why it has none. */
export type ReadField =
  | { readonly field: Field }
  | { readonly problem: Pick<SchemaProblem, 'code' | 'message'> }

const plainTypes = {
  text: 'text',
  textarea: 'textarea',
  hidden: 'hidden',
  number: 'number',
  // Custom objects tell whole numbers from others by this name.
  decimal: 'number',
  date: 'date',
  datetime: 'datetime',
} as const

const optionTypes = {
  dropdown: 'dropdown',
  radio: 'radio',
  listbox: 'listbox',
  checkbox: 'checkbox',
  multiselect: 'multiselect',
} as const

const isKeyOf = <T extends object>(record: T, key: PropertyKey): key is keyof T => Object.hasOwn(record, key)

/** Sorted and once each, so that the order in which a form shows them changes nothing. */
const optionsOf = ({ options }: FieldInfo): readonly string[] =>
  [...new Set(options.filter((option) => option !== ''))].toSorted(byCodeUnits)

/** Reads one field's definition. */
export const toField = (info: FieldInfo): ReadField => {
  const { name, type, currency } = info
  const label = info.label === '' || info.label === name ? {} : { label: info.label }
  if (isKeyOf(plainTypes, type)) return { field: { type: plainTypes[type], ...label } }
  if (isKeyOf(optionTypes, type))
    return { field: { type: optionTypes[type], options: optionsOf(info), ...label } }
  if (type !== 'currency') {
    const message = `is of a type that mappings do not know: ${JSON.stringify(type)}`
    return { problem: { code: 'unknown-type', message } }
  }
  if (currency === undefined || currency === null || currency === '') {
    const message = 'is an amount without a currency: set its default currency in ActiveCampaign'
    return { problem: { code: 'no-currency', message } }
  }
  return { field: { type: 'currency', currency, ...label } }
}
