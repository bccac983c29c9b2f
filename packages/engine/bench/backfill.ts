/**
 * A backfill of 100,000 contacts from D365 to ActiveCampaign, in virtual time against services that keep to their limits: the
 * time until ActiveCampaign has them all, and until all are linked. It shall take no more than 4 min 15 s: 400 imports at 100 a
 * minute are 4 minutes, and the last one has to be carried out.
 */
import { argv } from 'node:process'
import { createBenchWorld, minutes } from './world.ts'

const count = Number(argv[2] ?? 100_000)
const share = Number(argv[3] ?? 1)

const world = createBenchWorld({ share })
world.insertRows(count)
const { clock, activeCampaign, sync } = world
const startedAt = clock.now()

// Somebody who looks at the account once a second, once the last import has been sent.
let allThereAt: number | undefined
const watching = new AbortController()
const watch = async (): Promise<void> => {
  while (!watching.signal.aborted && allThereAt === undefined) {
    const sent = activeCampaign.calls.byOperation['import.start'] ?? 0
    if (sent >= count / 250 && activeCampaign.contacts().length >= count) allThereAt = clock.now()
    await clock.sleep(1_000, watching.signal)
  }
}

const counted = world.counting()
void watch().catch(() => undefined)
const report = await sync.run()
watching.abort()
const { writes, reads, dynamics } = counted()

console.log(
  `Backfill of ${count.toLocaleString('en')} contacts from D365 to ActiveCampaign, share ${share} of its limit:`,
)
console.log(
  `  all contacts in ActiveCampaign after ${minutes((allThereAt ?? Number.NaN) - startedAt)} (goal: 4 min 15 s)`,
)
console.log(
  `  all linked after ${minutes(clock.now() - startedAt)}: ${JSON.stringify(report.entities.contacts)}`,
)
console.log(`  ${writes} writes and ${reads} reads to ActiveCampaign, ${dynamics} calls to D365`)
console.log(
  `  at most ${world.mostInASecond()} calls to ActiveCampaign in any second; ${world.refusals()} refused`,
)
