import { createDynamicsSimulator } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import { clientCredentials, contact, createDynamicsClient } from '../src/index.ts'
import { collect, createEnvironment } from './environment.ts'

test("with the platform's own fetch, clock and network: sign-in, pages and a feed", async () => {
  const simulator = createDynamicsSimulator()
  for (let index = 0; index < 5; index += 1) simulator.insert('contact', { lastname: `Ek ${index}` })
  const { url, close } = await simulator.listen()
  try {
    const client = createDynamicsClient({
      environmentUrl: url,
      credentials: clientCredentials({ ...simulator.credentials, loginUrl: url }),
    })
    const contacts = client.table(contact)
    const pages = await collect(contacts.list({ select: ['lastname'], pageSize: 2 }).byPage())
    expect(pages.map(({ rows }) => rows.length)).toEqual([2, 2, 1])
    const feed = contacts.changes({ select: ['lastname'], pageSize: 3 })
    expect(await collect(feed)).toHaveLength(5)
    expect(feed.deltaLink?.startsWith(url)).toBe(true)
  } finally {
    await close()
  }
})

test('an abort ends a list at once, with its reason', async () => {
  const { client, simulator } = createEnvironment()
  for (let index = 0; index < 6; index += 1) simulator.insert('contact', { lastname: `Ek ${index}` })
  const controller = new AbortController()
  const reason = new Error('enough')
  const seen: (string | null)[] = []
  const reading = async () => {
    const list = client.table(contact).list({ select: ['lastname'], pageSize: 2, signal: controller.signal })
    for await (const row of list) {
      seen.push(row.lastname)
      if (seen.length === 3) controller.abort(reason)
    }
  }
  await expect(reading()).rejects.toBe(reason)
  expect(seen).toHaveLength(4)
})
