import { expect, test } from 'vitest'
import { createDynamicsSimulator, createVirtualClock } from '../../src/index.ts'
import { connect, type Reply } from './client.ts'

const clock = () => createVirtualClock(Date.UTC(2026, 0, 5, 8))

test('creates, reads, changes and deletes a contact', async () => {
  const call = await connect(createDynamicsSimulator({ clock: clock() }))
  const created = await call('POST', 'contacts', { firstname: 'Ann', lastname: 'Ek', annualincome: 52_000 })
  expect(created.status).toBe(204)
  const url = created.headers.get('odata-entityid') ?? ''
  expect(url).toMatch(/\/contacts\([\da-f-]{36}\)$/)
  const read = await call('GET', `${url}?$select=fullname,annualincome,createdon`)
  expect(read.status).toBe(200)
  expect(read.json).toMatchObject({
    fullname: 'Ann Ek',
    annualincome: 52_000,
    createdon: '2026-01-05T08:00:00Z',
  })
  expect(read.json['@odata.context']).toMatch(
    /\$metadata#contacts\(fullname,annualincome,createdon\)\/\$entity$/,
  )
  expect((await call('PATCH', url, { jobtitle: 'CEO' }, { 'if-match': '*' })).status).toBe(204)
  expect((await call('GET', `${url}/jobtitle`)).json.value).toBe('CEO')
  expect((await call('DELETE', url)).status).toBe(204)
  const gone = await call('GET', url)
  expect([gone.status, gone.json.error.code]).toEqual([404, '0x80040217'])
})

test('the same seed gives the same ids', () => {
  const ids = (seed: number): string =>
    createDynamicsSimulator({ seed }).insert('contact', { lastname: 'Ek' })
  expect(ids(1)).toBe(ids(1))
  expect(ids(1)).not.toBe(ids(2))
})

test('the same scenario twice gives the same ids, order and times, another seed others', async () => {
  const run = async (seed: number): Promise<readonly string[]> => {
    const virtual = clock()
    const simulator = createDynamicsSimulator({ seed, clock: virtual })
    const call = await connect(simulator)
    const told: Reply[] = []
    for (const lastname of ['Ek', 'Alm', 'Lind']) {
      told.push(await call('POST', 'contacts', { lastname }, { prefer: 'return=representation' }))
      await virtual.advance(1_000)
    }
    const [first] = told
    told.push(await call('PATCH', `contacts(${first?.json.contactid})`, { jobtitle: 'CEO' }))
    told.push(await call('GET', 'contacts', undefined, { prefer: 'odata.maxpagesize=2' }))
    told.push(await call('GET', 'contacts?$select=lastname', undefined, { prefer: 'odata.track-changes' }))
    told.push(await call('GET', 'contacts(00000000-0000-4000-8000-000000000001)'))
    return told.map(({ status, text, headers }) => JSON.stringify([status, text, [...headers]]))
  }
  const once = await run(7)
  expect(await run(7)).toEqual(once)
  expect(await run(8)).not.toEqual(once)
})

test('pages by the requested size to the end, every row once', async () => {
  const simulator = createDynamicsSimulator()
  for (let index = 0; index < 25; index += 1) simulator.insert('contact', { lastname: `Name ${index}` })
  const call = await connect(simulator)
  const names: string[] = []
  const sizes: number[] = []
  const prefer = { prefer: 'odata.maxpagesize=10' }
  for (let next: string | undefined = 'contacts?$select=lastname'; next !== undefined; ) {
    const page: Reply = await call('GET', next, undefined, prefer)
    expect(page.headers.get('preference-applied')).toBe('odata.maxpagesize=10')
    sizes.push(page.json.value.length)
    names.push(...page.json.value.map((row: { lastname: string }) => row.lastname))
    next = page.json['@odata.nextLink']
  }
  expect(sizes).toEqual([10, 10, 5])
  expect(new Set(names).size).toBe(25)
})

test('20,000 contacts are seeded and read back completely', async () => {
  const simulator = createDynamicsSimulator()
  for (let index = 0; index < 20_000; index += 1) {
    simulator.insert('contact', {
      firstname: 'Ann',
      lastname: `Ek ${index}`,
      emailaddress1: `ann${index}@example.com`,
    })
  }
  const call = await connect(simulator)
  const seen = new Set<string>()
  for (let next: string | undefined = 'contacts?$select=emailaddress1'; next !== undefined; ) {
    const page: Reply = await call('GET', next, undefined, { prefer: 'odata.maxpagesize=5000' })
    for (const row of page.json.value) seen.add(row.emailaddress1)
    next = page.json['@odata.nextLink']
  }
  expect(seen.size).toBe(20_000)
})

test('no page is longer than the switch says, in lists and in change tracking', async () => {
  const simulator = createDynamicsSimulator({ clock: clock(), behaviour: { pageLimit: 2 } })
  for (const lastname of ['Ek', 'Holt', 'Lund']) simulator.insert('contact', { lastname })
  const call = await connect(simulator)
  for (const prefer of ['odata.maxpagesize=100', 'odata.track-changes']) {
    const first = await call('GET', 'contacts?$select=lastname', undefined, { prefer })
    expect(first.json.value).toHaveLength(2)
    const last = await call('GET', first.json['@odata.nextLink'], undefined, { prefer })
    expect(last.json.value).toHaveLength(1)
  }
})
