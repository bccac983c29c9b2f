import type { ColumnType } from '../schema/column.ts'

/** When two values of a column type count as the same, in words; `pair.ts` has it in code. */
export const equivalences = {
  text: 'equal after trimming, with line ends as `\\n`; for fields of options, without regard to case',
  memo: 'equal after trimming, with line ends as `\\n`; in one-line fields, with runs of blanks as one blank',
  email: 'equal without regard to case and outer blanks',
  phone: 'equal without blanks, dots, hyphens, slashes and parentheses',
  url: 'equal after trimming',
  wholeNumber: 'equal after rounding to whole numbers',
  decimal: 'equal after rounding to the column’s precision',
  float: 'equal after rounding to the column’s precision',
  bigInt: 'equal digit by digit',
  money:
    'equal after rounding to the column’s precision; for currency fields, to two digits at most and in the same currency',
  boolean: 'equal',
  choice: 'the same option',
  choices: 'the same set of options',
  state: 'the same option',
  status: 'the same option',
  dateOnly: 'the same day',
  dateTime: 'the same second; for date fields, the same UTC day',
  lookup: 'the same label after trimming',
  owner: 'the same label after trimming',
  uniqueId: 'equal',
} as const satisfies Readonly<Record<ColumnType, string>>
