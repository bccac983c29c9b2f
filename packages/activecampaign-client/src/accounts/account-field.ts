import { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, number, optionalText, text, utcInstant } from '../wire.ts'
import { contentShape } from './account.ts'

/** Types of account fields; `multiselect` and `checkbox` take several choices. */
export type AccountFieldType =
  | 'text'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'dropdown'
  | 'multiselect'
  | 'radio'
  | 'checkbox'
  | 'hidden'
  | 'currency'
  | 'number'

export const accountFieldRow = row({
  id,
  fieldLabel: text,
  /** One of {@link AccountFieldType}, or one that this client does not know yet. */
  fieldType: text.transform((type): AccountFieldType | (string & {}) => type),
  /** The choices, in their order. */
  fieldOptions: z
    .array(text)
    .nullish()
    .transform((options) => options ?? []),
  fieldDefault: z.unknown().optional(),
  fieldDefaultCurrency: optionalText,
  isFormVisible: flag,
  isRequired: flag,
  displayOrder: number,
  /** Personalisation tag. */
  personalization: text,
  hideFieldFlag: flag,
  createdTimestamp: utcInstant,
  updatedTimestamp: utcInstant,
})

/** A custom field of accounts. */
export type AccountField = Readonly<z.output<typeof accountFieldRow>>

export const accountFieldValueRow = row({
  id,
  accountId: id,
  customFieldId: id,
  ...contentShape,
  createdTimestamp: utcInstant,
  updatedTimestamp: utcInstant,
})

/** The value of one custom field of one account. */
export type AccountFieldValue = Readonly<z.output<typeof accountFieldValueRow>>
