/** A value as a service's JSON has it. */
export type FieldValue = string | number | boolean | null | readonly string[] | readonly number[]

/** A record's mapped values: by column name in D365; by field name or personalisation tag in ActiveCampaign. */
export type Fields = Readonly<Record<string, FieldValue>>

/** Why a value could not be carried over. The record goes on without it: the field is held. */
export type ConversionCode =
  | 'wrong-type'
  | 'malformed-number'
  | 'malformed-date'
  | 'malformed-email'
  | 'unknown-option'
  | 'several-options'
  | 'too-long'
  | 'out-of-range'
  | 'other-currency'
  | 'one-way'
  | 'not-writable'
  | 'untransformable'

/** A value that cannot be carried over, and why. Messages never quote the value of a sensitive field. */
export interface ConversionProblem {
  readonly ok: false
  readonly code: ConversionCode
  readonly message: string
}

/** What became of a value on its way to the other side. */
export type Converted = { readonly ok: true; readonly value: FieldValue } | ConversionProblem

/** Nothing there: both services treat an empty text like no value. */
export const isBlank = (value: FieldValue | undefined): value is null | undefined =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)
