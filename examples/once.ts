import { createSync, memoryState, type ProgressEvent, renderHealth } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'
import { simulatedWorld } from './demo/world.ts'

// One run from beginning to end, for a cron job or a button. The services are simulated.

const { dynamics, activeCampaign, clock } = simulatedWorld(sampleData())
const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state: memoryState() })

const onProgress = ({ step, done, total, leftMs }: ProgressEvent): void => {
  if (!process.stderr.isTTY) return
  const left = leftMs === null ? '' : `, ${Math.ceil(leftMs / 1_000)} s left`
  process.stderr.write(`\r${step} ${done}${total === null ? '' : ` of ${total}`}${left}   `)
}

const report = await sync.run({ onProgress })
console.log(`${report.ending}: ${report.message}`)
for (const [entity, { done, held, excluded, setAside }] of Object.entries(report.entities)) {
  console.log(`${entity}: ${done} done, ${held} held, ${excluded} excluded, ${setAside} set aside`)
}

const again = await sync.run()
console.log(`again: ${Object.values(again.entities).reduce((total, { done }) => total + done, 0)} done`)
console.log(renderHealth(await sync.health()))
