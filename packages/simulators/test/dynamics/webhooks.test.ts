import { createDynamicsSimulator, createVirtualClock, type NewWebhook } from '@dynacamp/simulators'
import { expect, test } from 'vitest'
import * as z from 'zod'

const contextShape = z.looseObject({
  MessageName: z.string(),
  PrimaryEntityName: z.string(),
  PrimaryEntityId: z.string(),
})

const contextOf = async (request: Request | undefined) => contextShape.parse(await request?.clone().json())

const url = 'https://host.example.com/hooks/dynamics'

const environment = (webhook: Partial<NewWebhook> = {}, status = 200) => {
  const received: Request[] = []
  const simulator = createDynamicsSimulator({
    clock: createVirtualClock(),
    deliver: (request) => {
      received.push(request)
      return Promise.resolve(new Response(null, { status }))
    },
  })
  simulator.registerWebhook({ url, tables: ['contact'], ...webhook })
  return { simulator, received }
}

test('every message carries what happened to which row, and what was written', async () => {
  const { simulator, received } = environment({ authentication: { key: 'k' } })
  const id = simulator.insert('contact', {
    lastname: 'Ek',
    birthdate: '1990-01-31',
    gendercode: 2,
    creditlimit: 5,
  })
  simulator.update('contact', id, { lastname: 'Al' })
  simulator.remove('contact', id)
  simulator.insert('account', { name: 'Not listened to' })
  await simulator.delivered()
  const bodies = await Promise.all(received.map(contextOf))
  expect(
    bodies.map(({ MessageName, PrimaryEntityName, PrimaryEntityId }) => [
      MessageName,
      PrimaryEntityName,
      PrimaryEntityId,
    ]),
  ).toEqual([
    ['Create', 'contact', id],
    ['Update', 'contact', id],
    ['Delete', 'contact', id],
  ])
  const [created] = received
  expect(created?.url).toBe(`${url}?code=k`)
  expect(created?.headers.get('x-ms-dynamics-request-name')).toBe('Create')
  const attributes = JSON.stringify(bodies[0]?.InputParameters)
  expect(attributes).toContain('{"key":"lastname","value":"Ek"}')
  expect(attributes).toContain('/Date(633744000000)/')
  expect(attributes).toContain('"Value":2')
  expect(simulator.deliveries.map(({ status }) => status)).toEqual([200, 200, 200])
})

test('what was rolled back is not told', async () => {
  const { simulator, received } = environment()
  expect(() => simulator.insert('contact', { lastname: 'Ek', nothing: 1 })).toThrow('nothing')
  await simulator.delivered()
  expect(received).toEqual([])
})

test('updates can be narrowed to columns, and a secret can be a header', async () => {
  const { simulator, received } = environment({
    messages: ['Update'],
    filteringAttributes: ['jobtitle'],
    authentication: { header: { 'x-key': 'k' } },
  })
  const id = simulator.insert('contact', { lastname: 'Ek' })
  simulator.update('contact', id, { lastname: 'Al' })
  simulator.update('contact', id, { jobtitle: 'Analyst' })
  await simulator.delivered()
  expect(received.map(({ headers }) => headers.get('x-key'))).toEqual(['k'])
})

test('a body beyond 256 KB loses its parameters, and says so', async () => {
  const { simulator, received } = environment({ messages: ['Create'] })
  simulator.defineColumn('contact', { name: 'new_story', type: 'memo', maxLength: 1_000_000 })
  simulator.insert('contact', { lastname: 'Ek', new_story: 'x'.repeat(300_000) })
  await simulator.delivered()
  expect(received[0]?.headers.get('x-ms-dynamics-msg-size-exceeded')).toBe('true')
  const body = await contextOf(received[0])
  expect(Object.keys(body)).not.toContain('InputParameters')
  expect(body.PrimaryEntityName).toBe('contact')
})
