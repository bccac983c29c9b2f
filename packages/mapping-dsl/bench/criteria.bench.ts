/** One criterion over 1,000 rows, beside the three libraries that people would write it with instead. */
import { criteria, standardSchema } from '@dynacamp/mapping-dsl'
import { LogicEngine } from 'json-logic-engine'
import jsonata from 'jsonata'
import sift from 'sift'
import { test } from 'vitest'
import { rows } from './rows.ts'

const ours = criteria.dynamics(standardSchema, 'contacts', {
  statecode: 'Active',
  emailaddress1: { isSet: true },
  OR: [{ jobtitle: { contains: 'director' } }, { annualincome: { gte: 500_000 } }],
})

const siftTest = sift.default({
  statecode: 0,
  emailaddress1: { $ne: null },
  $or: [{ jobtitle: /director/i }, { annualincome: { $gte: 500_000 } }],
})

const engine = new LogicEngine()
engine.addMethod('lower', ([text]: readonly [unknown]) => String(text ?? '').toLowerCase())
const logic = {
  and: [
    { '===': [{ var: 'statecode' }, 0] },
    { '!==': [{ var: 'emailaddress1' }, null] },
    {
      or: [
        { in: ['director', { lower: [{ var: 'jobtitle' }] }] },
        { '>=': [{ var: 'annualincome' }, 500_000] },
      ],
    },
  ],
}
const logicTest = engine.build(logic)

const expression = jsonata(
  "$[statecode = 0 and emailaddress1 != null and ($contains($lowercase(jobtitle), 'director') or annualincome >= 500000)]",
)

const expected = rows.filter((row) => ours.test(row)).length
const counts = {
  sift: rows.filter((row) => siftTest(row)).length,
  jsonLogic: rows.filter((row) => logicTest(row) === true).length,
  jsonata: [await expression.evaluate(rows)].flat().length,
}
for (const [name, count] of Object.entries(counts)) {
  if (count !== expected) throw new Error(`${name} selects ${count} rows, not ${expected}`)
}

test(`a criterion with four conditions over ${rows.length} rows`, async ({ bench }) => {
  await bench.compare(
    bench('dynacamp, compiled', () => {
      for (const row of rows) ours.test(row)
    }),
    bench('sift, compiled', () => {
      for (const row of rows) siftTest(row)
    }),
    bench('json-logic-engine, compiled', () => {
      for (const row of rows) logicTest(row)
    }),
    bench('json-logic-engine, interpreted', () => {
      for (const row of rows) engine.run(logic, row)
    }),
    bench('jsonata', async () => {
      await expression.evaluate(rows)
    }),
  )
})
