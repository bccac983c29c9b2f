import { createSync, memoryState } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'
import { simulatedWorld } from './demo/world.ts'

// For hosts that end a function after a while: each call does as much as its time allows. The services are simulated.

const { dynamics, activeCampaign, clock } = simulatedWorld(sampleData())
const state = memoryState()

/** What the host calls. Everything that must outlive the call is in the state. */
const handler = async (): Promise<{ readonly callAgain: boolean }> => {
  const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state })
  const { ending, more, durationMs } = await sync.run({ deadlineMs: 3_000 })
  console.log(`${ending} after ${(durationMs / 1_000).toFixed(1)} s`)
  return { callAgain: more }
}

while ((await handler()).callAgain);
