import type { CustomColumn, CustomField } from '../rows.ts'

const interests = ['Cycling', 'Music', 'Cooking', 'Travel', 'Reading'] as const

/** The custom columns that the sample's contacts have. */
export const customColumns: readonly CustomColumn[] = [
  {
    table: 'contacts',
    name: 'new_interests',
    label: 'Interests',
    type: 'choices',
    options: interests.map((label, index) => ({ value: index + 1, label })),
  },
  {
    table: 'contacts',
    name: 'new_segment',
    label: 'Segment',
    type: 'choice',
    options: [
      { value: 100000000, label: 'Private' },
      { value: 100000001, label: 'Trade' },
      { value: 100000002, label: 'Public sector' },
    ],
  },
  { table: 'contacts', name: 'new_loyaltyscore', label: 'Loyalty score', type: 'decimal' },
]

/** The custom fields that the sample's contacts have, with the ids that their values name. */
export const customFields: readonly CustomField[] = [
  { id: '1', title: 'Position', type: 'text', perstag: 'POSITION' },
  { id: '2', title: 'Birthday', type: 'date', perstag: 'BIRTHDAY' },
  { id: '3', title: 'City', type: 'text', perstag: 'CITY' },
  { id: '4', title: 'Annual income', type: 'number', perstag: 'ANNUAL_INCOME' },
  { id: '5', title: 'Interests', type: 'listbox', perstag: 'INTERESTS', options: interests },
  {
    id: '6',
    title: 'Segment',
    type: 'dropdown',
    perstag: 'SEGMENT',
    options: ['Private', 'Trade', 'Public sector'],
  },
  { id: '7', title: 'No bulk e-mail', type: 'radio', perstag: 'NO_BULK_EMAIL', options: ['Yes', 'No'] },
  { id: '8', title: 'About', type: 'textarea', perstag: 'ABOUT' },
]

/** ActiveCampaign's text for a multi-choice value such as `1,3`. */
export function interestLabels(values: string | null): string {
  if (values === null) return ''
  const labels = values.split(',').map((value) => interests[Number(value) - 1])
  return `||${labels.join('||')}||`
}

/** The label of a `new_segment` value. */
export function segmentLabel(value: number | null): string {
  const options = customColumns.find(({ name }) => name === 'new_segment')?.options ?? []
  return options.find((option) => option.value === value)?.label ?? ''
}
