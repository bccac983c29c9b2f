/** Six mapped fields of 100 rows to what ActiveCampaign takes, beside JSONata and plain code without checks. */
import { compileDefinition, extendSchema, field, map, standardSchema } from '@dynacamp/mapping-dsl'
import jsonata from 'jsonata'
import { test } from 'vitest'
import { rows as allRows } from './rows.ts'

const rows = allRows.slice(0, 100)

const schema = extendSchema(standardSchema, {
  activeCampaign: {
    contacts: { GENDER: field.dropdown(['Male', 'Female']), INCOME: field.number(), BORN: field.date() },
  },
})

const { entities } = compileDefinition(
  {
    contacts: {
      direction: 'bidirectional',
      fields: [
        map('emailaddress1', 'email'),
        map('firstname', 'firstName'),
        map('lastname', 'lastName'),
        map('gendercode', 'GENDER'),
        map('annualincome', 'INCOME'),
        map('birthdate', 'BORN'),
      ],
    },
  },
  schema,
)
const fields = entities[0]?.fields ?? []

const expression = jsonata(`$map($, function($row) {{
  "email": $row.emailaddress1,
  "firstName": $row.firstname,
  "lastName": $row.lastname,
  "GENDER": $lookup({"1": "Male", "2": "Female"}, $string($row.gendercode)),
  "INCOME": $string($row.annualincome),
  "BORN": $row.birthdate
}})`)

const genders: Readonly<Record<number, string>> = { 1: 'Male', 2: 'Female' }

test(`${fields.length} fields of ${rows.length} rows to ActiveCampaign`, async ({ bench }) => {
  await bench.compare(
    bench('dynacamp, compiled and checked', () => {
      for (const row of rows) {
        for (const { dynamics, toActiveCampaign } of fields) toActiveCampaign(Reflect.get(row, dynamics))
      }
    }),
    bench('plain code, unchecked', () => {
      for (const row of rows) {
        JSON.stringify({
          email: row.emailaddress1,
          firstName: row.firstname,
          lastName: row.lastname,
          GENDER: genders[row.gendercode],
          INCOME: String(row.annualincome),
          BORN: row.birthdate,
        })
      }
    }),
    bench('jsonata', async () => {
      await expression.evaluate(rows)
    }),
    { time: 1_000 },
  )
}, 300_000)
