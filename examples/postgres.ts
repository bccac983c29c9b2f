import { randomUUID } from 'node:crypto'
import { createSync, postgresState } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'
import { simulatedWorld } from './demo/world.ts'

const usage = `Usage: DATABASE_URL=postgresql://user:password@host/database pnpm example examples/postgres.ts

Syncs two customers at the same time, with the state of both in one PostgreSQL database. The services are simulated and begin
anew each time, so each start plays two new customers.
`

/** One customer: services of its own, and a part of the store that nobody else sees. */
const syncCustomer = async (state: ReturnType<typeof postgresState>, tenant: string): Promise<void> => {
  const { dynamics, activeCampaign, clock } = simulatedWorld(sampleData())
  const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state, tenant })

  const { ending, entities, runId } = await sync.run()
  const done = Object.values(entities).reduce((total, counts) => total + counts.done, 0)
  console.log(`${tenant}: ${ending}, ${done} actions done`)

  const again = await sync.run()
  const left = Object.values(again.entities).reduce((total, counts) => total + counts.done, 0)
  console.log(`${tenant}: ${left} actions were left to do`)

  // The journal of the first run, as anybody with access to the database finds it.
  const entries = await Array.fromAsync(sync.journal.ofRun({ runId: runId ?? '' }))
  console.log(`${tenant}: ${entries.length} entries in the journal`)
}

const main = async (): Promise<number> => {
  const { DATABASE_URL } = process.env
  if (DATABASE_URL === undefined) {
    console.error(usage)
    return 2
  }
  const state = postgresState({ connectionString: DATABASE_URL })
  try {
    await Promise.all(
      ['contoso', 'fabrikam'].map((name) => syncCustomer(state, `${name}-${randomUUID().slice(0, 8)}`)),
    )
  } finally {
    await state.close()
  }
  return 0
}

process.exitCode = await main()
