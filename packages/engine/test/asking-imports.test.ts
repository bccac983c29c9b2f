import { compileDefinition, defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { askImports } from '../src/apply/imports/ask-imports.ts'
import { openUnread } from '../src/observe/unread.ts'
import { createWorld, schema } from './support/world.ts'

const definition = defineSync(schema, {
  contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
})

test('imports that nobody knows of, and whose end nobody tells, keep no other from being asked about', async () => {
  const { clients, clock, state, activeCampaign } = createWorld()
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
  const context = {
    ...{ ...clients, clock, store: state, tenant: 'default', signal: undefined },
    definition: compileDefinition(definition, schema),
    progress: () => undefined,
    boundary: async () => undefined,
    isOver: () => false,
    unread: openUnread(),
    startedAtMs: 0,
  }
  expect(await askImports(context)).toBe(3)
  const ended = await state.transaction('default', ({ imports: all }) =>
    all.list(true, { after: null, limit: 9 }),
  )
  expect(ended.map(({ id }) => id)).toEqual(['d'])
})
