import { compileDefinition, defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { askImports } from '../src/apply/imports/ask-imports.ts'
import type { SyncContext } from '../src/context.ts'
import { openUnread } from '../src/observe/unread.ts'
import { createWorld, schema, type TestWorld } from './support/world.ts'

const definition = defineSync(schema, {
  contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
})

const contextOf = ({ clients, clock, state }: TestWorld): SyncContext => ({
  ...{ ...clients, clock, store: state, tenant: 'default', signal: undefined },
  definition: compileDefinition(definition, schema),
  progress: () => undefined,
  boundary: async () => undefined,
  isOver: () => false,
  unread: openUnread(),
  startedAtMs: 0,
})

const endedIn = async ({ state }: TestWorld): Promise<readonly string[]> => {
  const page = { after: null, limit: 9 }
  const ended = await state.transaction('default', ({ imports }) => imports.list(true, page))
  return ended.map(({ id }) => id)
}

test('imports that nobody knows of, and whose end nobody tells, keep no other from being asked about', async () => {
  const world = createWorld()
  const { clients, clock, state, activeCampaign } = world
  const { imports } = clients.activeCampaign
  const start = (email: string) => imports.start([{ email }])
  const handle = await start('known@example.com')
  const at = new Date(clock.now()).toISOString()
  const lost = { at, batchIds: null, failed: null, actions: [] }
  await state.transaction('default', async (transaction) => {
    for (const id of ['a', 'b', 'c']) await transaction.imports.save({ ...lost, id })
    const batchIds = handle.batches.map(({ batchId }) => batchId)
    await transaction.imports.save({ ...lost, id: 'd', batchIds })
  })
  while (activeCampaign.contacts().length === 0) {
    await clock.sleep(1_000)
    await imports.status(handle)
  }
  // Somebody else's: as long as the queue has one, nobody knows whether the lost ones are in it.
  await start('theirs@example.com')
  expect(await askImports(contextOf(world))).toBe(3)
  expect(await endedIn(world)).toEqual(['d'])
})

test('an import has not ended because the service tells its limits when it is asked', async () => {
  const world = createWorld()
  const { batches } = await world.clients.activeCampaign.imports.start([{ email: 'known@example.com' }])
  const batchIds = batches.map(({ batchId }) => batchId)
  const open = { id: 'a', at: new Date(world.clock.now()).toISOString(), batchIds, failed: null, actions: [] }
  await world.state.transaction('default', ({ imports }) => imports.save(open))
  const body = JSON.stringify({ success: 0, message: 'Rate limit exceeded.' })
  world.activeCampaign.faults.each(
    { kind: 'rewrite', change: (answer) => ({ ...answer, status: 400, body }) },
    { operation: 'import.status' },
  )
  await expect(askImports(contextOf(world))).rejects.toMatchObject({ code: 'rate-limited' })
  expect(await endedIn(world)).toEqual([])
})
