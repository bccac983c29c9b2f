/**
 * Planning 5,000 linked pairs with 25 mapped fields, one in ten changed, beside `JSON.parse` of the same rows: no more than
 * twice as much, and at least 300,000 pairs a second.
 *
 * A plain script: the module runner of vitest turns each imported name into a look-up on a module object, which makes a
 * loop of small functions look slower than it is for those who import the package.
 */
import { planBatch, type RecordInput } from '../src/index.ts'
import { definition, linkedPairs } from './pairs.ts'

const pairs = 5_000
const rounds = 60

const text = JSON.stringify(linkedPairs(pairs))
// Parsed, as rows come from a service or a store: each string its own, no object made with a literal.
const records: readonly RecordInput[] = JSON.parse(text)
const input = {
  definition,
  entity: 'contacts' as const,
  records,
  candidates: {},
  settings: { tenant: 'contoso' },
}

const { counts } = planBatch(input)
if (counts.planned !== pairs / 10 || counts.unchanged !== pairs * 0.9) {
  throw new Error(`the bench plans something else: ${JSON.stringify(counts)}`)
}

const timed = (run: () => void): number => {
  const start = performance.now()
  run()
  return performance.now() - start
}
// Taken in turns, so that whatever else the machine does hits both.
const parsing: number[] = []
const planning: number[] = []
for (let round = 0; round < rounds; round += 1) {
  parsing.push(timed(() => JSON.parse(text)))
  planning.push(timed(() => planBatch(input)))
}

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
const summary = (name: string, of: (times: readonly number[]) => number): string => {
  const [parseMs, planMs] = [of(parsing), of(planning)]
  const perSecond = Math.round((pairs / planMs) * 1000).toLocaleString('en')
  return (
    `  ${name}: planBatch ${planMs.toFixed(1)} ms (${perSecond} pairs/s), JSON.parse ${parseMs.toFixed(1)} ms, ` +
    `ratio ${(planMs / parseMs).toFixed(2)}`
  )
}
const fields = definition.entities[0]?.fields.length
const megabytes = (text.length / 1e6).toFixed(1)
console.log(
  `${pairs} linked pairs × ${fields} fields, 10 % changed, beside JSON.parse of both sides and the base (${megabytes} MB):`,
)
console.log(summary('median', median))
console.log(summary('best', (times) => Math.min(...times)))
