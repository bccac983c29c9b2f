import { expect, test } from 'vitest'
import {
  column,
  compatibilityReport,
  compatibleColumns,
  describeCompatibility,
  field,
  type Schema,
  standardSchema,
} from '../src/index.ts'

const schema: Schema = {
  dynamics: {
    contacts: {
      emailaddress1: column.email(),
      jobtitle: column.text(),
      new_code: column.text(20, { access: 'read' }),
      new_partner: column.lookup(['account']),
      new_interests: column.choices({ 1: 'Chess' }),
      birthdate: column.dateOnly(),
    },
    opportunities: { name: column.text(300), estimatedvalue: column.money() },
  },
  activeCampaign: {
    contacts: {
      email: field.email(),
      POSITION: { ...field.email(), label: 'Job | title' },
      NOTE: field.email(),
      SCORE: field.score(),
      WHEN: field.datetime(),
    },
    objects: { deal: { price: field.currency('EUR') } },
  },
}

test('every field has the columns that settings pages offer for it', () => {
  for (const { entity, field: name, columns } of compatibilityReport(standardSchema)) {
    expect(columns).toEqual(compatibleColumns(standardSchema, entity, name))
  }
  expect(compatibilityReport(standardSchema)).toHaveLength(5 + 5 + 2)
})

test('as Markdown it tells what fits, which way, and what nothing fits', () => {
  expect(describeCompatibility(schema)).toMatchInlineSnapshot(`
    "# What can be mapped to what

    ## contacts

    ### email

    Fields: \`email\`, \`POSITION\` (Job \\| title), \`NOTE\`

    - ↔ email: \`emailaddress1\`

    ### score

    Fields: \`SCORE\`

    - ← text: \`jobtitle\` (A score is read, never written.)

    ### datetime

    Fields: \`WHEN\`

    No column fits: ActiveCampaign moves date-times into its account’s time zone: map a date-time column.

    ### Columns that no field takes

    | column          | type     | needs a field of type                                      |
    | --------------- | -------- | ---------------------------------------------------------- |
    | \`new_code\`      | text     | text, textarea, hidden, dropdown, radio, url, phone, score |
    | \`new_partner\`   | lookup   | account, text, textarea, hidden                            |
    | \`new_interests\` | choices  | listbox, checkbox, multiselect, text, textarea, hidden     |
    | \`birthdate\`     | dateOnly | date, text, hidden                                         |

    ## opportunities in \`deal\`

    ### currency

    Fields: \`price\`

    - → money: \`estimatedvalue\` (An amount in another currency than the field’s is held, not converted; digits after the second are rounded.)

    A definition that maps opportunities makes the fields of its custom object itself."
  `)
})
