import { randomUUID } from 'node:crypto'
import { createSync, postgresState } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'
import { simulatedWorld } from './demo/world.ts'

const usage = `Usage: DATABASE_URL=postgresql://user:password@host/database node examples/postgres.ts

Syncs two customers at the same time, with the state of both in one PostgreSQL database. The services are simulated and begin
anew each time, so each start plays two new customers.
`

/** One customer: services of its own, and a part of the store that nobody else sees. */
const syncCustomer = async (state: ReturnType<typeof postgresState>, tenant: string): Promise<void> => {
  const { dynamics, activeCampaign, clock } = simulatedWorld(sampleData())
  const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state, tenant })

  const plan = await sync.plan()
  const { outcomes } = await sync.apply(plan)
  const done = outcomes.filter(({ status }) => status === 'done').length
  console.log(`${tenant}: ${done} of ${plan.actions.length} actions applied`)

  const left = await sync.plan()
  console.log(`${tenant}: ${left.actions.length} actions left to do`)

  // The journal of the plan, as anybody with access to the database finds it.
  const entries = await state.transaction(tenant, ({ journal }) =>
    journal.ofRun({ planId: plan.id }, { after: null, limit: 1000 }),
  )
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
