import type { z } from 'zod'
import { row } from '../row.ts'
import { id, instant, reference, text } from '../wire.ts'

export const fieldValueRow = row({
  id,
  contact: id,
  field: id,
  /** As the service stores it; several choices as `||a||b||`, see {@link splitChoices}. */
  value: text,
  cdate: instant,
  udate: instant,
  created_by: reference,
  updated_by: reference,
})

/** The value of one custom field of one contact. */
export type FieldValue = Readonly<z.output<typeof fieldValueRow>>

/** A value to write. */
export interface FieldValueInput {
  /** Id of the custom field. */
  readonly field: string
  /** `''` clears. Several choices of a `listbox` or `checkbox` field as an array. */
  readonly value: string | readonly string[]
}

const bars = '||'

/**
 * Several choices as the service stores them.
 *
 * @example
 * ```ts
 * import { joinChoices } from '@dynacamp/activecampaign-client'
 *
 * joinChoices(['red', 'blue']) // '||red||blue||'
 * ```
 */
export const joinChoices = (choices: readonly string[]): string =>
  choices.length === 0 ? '' : bars + choices.join(bars) + bars

/**
 * The choices in a stored value, with or without the outer bars.
 *
 * @example
 * ```ts
 * import { splitChoices } from '@dynacamp/activecampaign-client'
 *
 * splitChoices('||red||blue||') // ['red', 'blue']
 * ```
 */
export const splitChoices = (value: string): readonly string[] =>
  value.split(bars).filter((choice) => choice !== '')

/** How a value goes out. */
export const wireValue = ({ field, value }: FieldValueInput) => ({
  field,
  value: typeof value === 'string' ? value : joinChoices(value),
})
