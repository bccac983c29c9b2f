import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createDynamicsSimulator, type DynamicsSimulator } from '../../src/index.ts'
import { connect, type TestClient } from './client.ts'

/**
 * Law: whoever reads the first round and applies every later one holds exactly the rows that exist, whatever happens
 * between the rounds and between the pages of a round, once a last round has run without disturbance.
 */
type Step =
  | { readonly kind: 'insert'; readonly name: string }
  | { readonly kind: 'update'; readonly at: number; readonly name: string }
  | { readonly kind: 'remove'; readonly at: number }

const name = fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom('a', 'b', 'ü', "'", '%') })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), name }),
  fc.record({ kind: fc.constant('update' as const), at: fc.nat(20), name }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(20) }),
)

const apply = (simulator: DynamicsSimulator, step: Step): void => {
  if (step.kind === 'insert') {
    simulator.insert('contact', { lastname: step.name })
    return
  }
  const rows = simulator.rows('contact')
  const row = rows[step.at % Math.max(1, rows.length)]
  if (row === undefined) return
  if (step.kind === 'update') simulator.update('contact', String(row.contactid), { lastname: step.name })
  else simulator.remove('contact', String(row.contactid))
}

/** Reads one round to its delta link into `mirror`. */
async function round(
  call: TestClient,
  link: string,
  mirror: Map<string, string>,
  size: number,
): Promise<string> {
  const tracking = link.includes('$deltatoken') ? '' : 'odata.track-changes,'
  for (let next = link; ; ) {
    const { json } = await call('GET', next, undefined, { prefer: `${tracking}odata.maxpagesize=${size}` })
    for (const item of json.value) {
      if (item.reason === 'deleted') mirror.delete(item.id)
      else mirror.set(item.contactid, item.lastname)
    }
    if (json['@odata.deltaLink'] !== undefined) return json['@odata.deltaLink']
    next = json['@odata.nextLink']
  }
}

test('a mirror kept by delta links equals the table', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      fc.array(step, { maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (rounds, between, size) => {
        const simulator = createDynamicsSimulator()
        const call = await connect(simulator)
        const mirror = new Map<string, string>()
        const meanwhile = [...between]
        simulator.faults.betweenPages(() => {
          const next = meanwhile.shift()
          if (next !== undefined) apply(simulator, next)
        })
        let link = 'contacts?$select=lastname'
        for (const steps of rounds) {
          for (const each of steps) apply(simulator, each)
          link = await round(call, link, mirror, size)
        }
        simulator.faults.clear()
        await round(call, link, mirror, size)
        const rows = simulator.rows('contact').map((row) => [String(row.contactid), row.lastname] as const)
        expect(mirror).toEqual(new Map(rows))
      },
    ),
    { numRuns: 60 },
  )
})
