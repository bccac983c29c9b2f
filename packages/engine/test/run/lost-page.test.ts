import { expect, test } from 'vitest'
import { emails, peopled } from '../support/peopled.ts'

const expired = '0x80044352'
/** What a service may say of a token that it does not know. */
const unknown = '0x80060888'

test.each([
  [400, expired],
  [410, expired],
  [404, expired],
  [400, unknown],
  [404, unknown],
  [410, unknown],
])('a page that is answered with %i %s is left, and the reading begins anew', async (status, code) => {
  const world = peopled(30, { pageLimit: 10 })
  const makeFast = world.dynamics.faults.each({ kind: 'latency', ms: 10_000 }, { url: /contacts/ })
  expect(await world.sync.run({ deadlineMs: 15_000 })).toMatchObject({ ending: 'deadline' })
  makeFast()
  const body = JSON.stringify({ error: { code, message: 'The token is too old.' } })
  world.dynamics.faults.next(
    { kind: 'rewrite', change: (answer) => ({ ...answer, status, body }) },
    { url: /skiptoken/ },
  )
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(new Set(emails(world)).size).toBe(30)
})
