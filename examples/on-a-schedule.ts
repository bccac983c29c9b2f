import { createSync, memoryState, type RunReport, schedule } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'
import { simulatedWorld } from './demo/world.ts'

// Keeps in sync by the definition's schedule in a process that stays up. The services are simulated, on a clock that jumps over
// every wait, so that a day passes in a second.

const { dynamics, activeCampaign, clock } = simulatedWorld(sampleData())
const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state: memoryState() })

// Whoever ends the process, a deployment or Ctrl+C, lets the run that goes on stop between two pieces of work.
const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort())

const onReport = ({ startedAt, ending, entities }: RunReport): void => {
  const done = Object.values(entities).reduce((total, counts) => total + counts.done, 0)
  console.log(`${startedAt} ${ending}: ${done} done`)
}
const running = schedule([sync], { signal: stop.signal, clock, onReport, onError: console.error })

await clock.sleep(24 * 3_600_000)
process.kill(process.pid, 'SIGTERM')
await running
console.log('stopped')
