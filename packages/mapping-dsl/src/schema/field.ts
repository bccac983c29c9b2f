/** A field that holds one value of a plain type. */
export interface PlainField<
  Type extends string =
    | 'text'
    | 'textarea'
    | 'hidden'
    | 'number'
    | 'date'
    | 'datetime'
    | 'email'
    | 'phone'
    | 'url'
    | 'score',
> {
  readonly type: Type
  readonly label?: string
}

/** A field of money: its currency is fixed by the field. */
export interface CurrencyField {
  readonly type: 'currency'
  /** ISO 4217, such as `EUR`. */
  readonly currency: string
  readonly label?: string
}

/** A field with a closed list of options; `listbox`, `checkbox` and `multiselect` hold many of them. */
export interface OptionField<
  Type extends string = 'dropdown' | 'radio' | 'listbox' | 'checkbox' | 'multiselect',
  O extends string = string,
> {
  readonly type: Type
  readonly options: readonly O[]
  readonly label?: string
}

/** The link from a contact to its account. */
export interface AccountField {
  readonly type: 'account'
  readonly label?: string
}

/** A field of an ActiveCampaign contact, account or custom object, as data. */
export type Field = PlainField | CurrencyField | OptionField | AccountField

/** Name of a field's type. */
export type FieldType = Field['type']

/** Fields by name: `email`, `firstName`, `lastName`, `phone`, or the personalisation tag of a custom field. */
export type FieldSet = Readonly<Record<string, Field>>

const plain =
  <const Type extends PlainField['type']>(type: Type) =>
  (traits?: { readonly label?: string }): PlainField<Type> => ({ type, ...traits })

const options =
  <const Type extends OptionField['type']>(type: Type) =>
  <const O extends string>(
    values: readonly O[],
    traits?: { readonly label?: string },
  ): OptionField<Type, O> => ({
    type,
    options: values,
    ...traits,
  })

/**
 * Makes fields of ActiveCampaign contacts, accounts and custom objects.
 *
 * Source: https://developers.activecampaign.com/reference/create-a-contact-custom-field
 *
 * @example
 * ```ts
 * import { field } from '@dynacamp/mapping-dsl'
 *
 * export const segment = field.dropdown(['Gold', 'Silver'])
 * ```
 */
export const field = {
  text: plain('text'),
  textarea: plain('textarea'),
  hidden: plain('hidden'),
  number: plain('number'),
  date: plain('date'),
  datetime: plain('datetime'),
  email: plain('email'),
  phone: plain('phone'),
  url: plain('url'),
  score: plain('score'),
  dropdown: options('dropdown'),
  radio: options('radio'),
  listbox: options('listbox'),
  checkbox: options('checkbox'),
  multiselect: options('multiselect'),
  currency: (currency: string, traits?: { readonly label?: string }): CurrencyField => ({
    type: 'currency',
    currency,
    ...traits,
  }),
  account: (): AccountField => ({ type: 'account' }),
} as const
