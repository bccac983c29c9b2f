/**
 * What changed contacts cost: calls to ActiveCampaign that write, for each changed contact. Below 10 at most 1.0, far above that
 * at most 0.01. And what a run costs in which nothing has changed, at 1,000 and at 100,000 records: no write, and always the
 * same number of reads.
 */
import { argv } from 'node:process'
import { createBenchWorld } from './world.ts'

const large = Number(argv[2] ?? 100_000)

console.log('Calls of a run, by how many rows changed in D365 (5,000 linked contacts):')
const world = createBenchWorld()
world.insertRows(5_000)
await world.sync.run()
for (const changed of [0, 1, 5, 9, 10, 100, 5_000]) {
  // Long enough for the overlap of the reading to have passed.
  await world.clock.advance(600_000)
  world.changeRows(changed, `Changed ${changed}`)
  const counted = world.counting()
  await world.sync.run()
  const { writes, reads, dynamics } = counted()
  const each = changed === 0 ? '' : `: ${(writes / changed).toFixed(4)} a contact`
  console.log(
    `  ${changed} changed: ${writes} writes to ActiveCampaign${each}; ${reads} reads; ${dynamics} calls to D365`,
  )
}

console.log('Calls of a run in which nothing has changed:')
for (const count of [1_000, large]) {
  const quiet = createBenchWorld()
  quiet.insertRows(count)
  await quiet.sync.run()
  await quiet.clock.advance(600_000)
  const first = quiet.counting()
  await quiet.sync.run()
  const again = first().reads
  await quiet.clock.advance(600_000)
  const counted = quiet.counting()
  await quiet.sync.run()
  const { writes, reads, dynamics } = counted()
  console.log(
    `  ${count.toLocaleString('en')} records: ${writes} writes; ${reads} reads of ActiveCampaign, ${dynamics} calls to D365 ` +
      `(the first run after a backfill reads its last minutes once more: ${again} reads)`,
  )
}
