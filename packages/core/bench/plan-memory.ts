/**
 * A million linked pairs in batches of 5,000 at flat memory: neither the heap in use nor what the process ever had may be
 * more than a tenth higher after 1,000,000 pairs than after 100,000. Each batch is parsed, planned and let go, as the engine
 * does it; that it is the same people each time makes no difference to memory.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { planBatch, type RecordInput } from '../src/index.ts'
import { definition, linkedPairs } from './pairs.ts'

const batch = 5_000
const small = 100_000
const large = 1_000_000

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const text = JSON.stringify(linkedPairs(batch))

interface Peak {
  readonly heapBytes: number
  readonly residentBytes: number
}

const peakAt = new Map<number, Peak>()
let planned = 0
let heapBytes = 0
for (let pairs = batch; pairs <= large; pairs += batch) {
  const records: readonly RecordInput[] = JSON.parse(text)
  const input = { definition, entity: 'contacts' as const, candidates: {}, settings: { tenant: 'contoso' } }
  const plan = planBatch({ ...input, records })
  // Measured while batch and plan are both alive, garbage apart: how lazy the collector is today says nothing.
  if (pairs % (batch * 5) === 0) {
    collectGarbage()
    heapBytes = Math.max(heapBytes, process.memoryUsage().heapUsed)
  }
  planned += (plan.counts.planned * records.length) / batch
  peakAt.set(pairs, { heapBytes, residentBytes: process.resourceUsage().maxRSS * 1024 })
}
if (planned !== large / 10) throw new Error(`the bench plans something else: ${planned}`)

const compare = (name: string, read: (peak: Peak) => number): string => {
  const [before, after] = [small, large].map((pairs) =>
    read(peakAt.get(pairs) ?? { heapBytes, residentBytes: 0 }),
  )
  const megabytes = (bytes = Number.NaN): string => `${(bytes / 2 ** 20).toFixed(1)} MB`
  return `${name} ${megabytes(before)} at 100,000 pairs, ${megabytes(after)} at 1,000,000, ratio ${((after ?? Number.NaN) / (before ?? Number.NaN)).toFixed(3)}`
}
console.log(
  `planBatch in batches of ${batch}, peaks: ${compare('heap in use', (peak) => peak.heapBytes)}; ` +
    compare('resident', (peak) => peak.residentBytes),
)
