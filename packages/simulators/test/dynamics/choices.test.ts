import { expect, test } from 'vitest'
import {
  createDynamicsSimulator,
  createVirtualClock,
  type DynamicsBehaviour,
  type DynamicsSimulator,
} from '../../src/index.ts'
import { connect, type Reply, type TestClient } from './client.ts'

/** Every switch for a question that the public record leaves open, with its default and its alternative. */
const environment = (behaviour: Partial<DynamicsBehaviour> = {}): DynamicsSimulator =>
  createDynamicsSimulator({ clock: createVirtualClock(Date.UTC(2026, 0, 5)), behaviour })

const code = (reply: Reply): [number, string] => [reply.status, reply.json?.error?.code]

test.each([
  [{}, 400],
  [{ expiredTokenStatus: 410 }, 410],
] as const)('a dead delta token answers with its code and %j: status %i', async (behaviour, status) => {
  const simulator = environment(behaviour)
  const call = await connect(simulator)
  const start = await call('GET', 'contacts?$select=lastname', undefined, { prefer: 'odata.track-changes' })
  simulator.defineColumn('contact', { name: 'new_Score', type: 'integer' })
  expect(code(await call('GET', start.json['@odata.deltaLink']))).toEqual([status, '0x80044352'])
})

test.each([
  [{}, ['row', 'deletion']],
  [{ restoredRow: 'row' }, ['row']],
] as const)('of a row that was deleted and restored the feed tells by %j: %j', async (behaviour, told) => {
  const simulator = environment(behaviour)
  const contactid = simulator.insert('contact', { lastname: 'Ek' })
  const call = await connect(simulator)
  const start = await call('GET', 'contacts?$select=lastname', undefined, { prefer: 'odata.track-changes' })
  simulator.remove('contact', contactid)
  simulator.insert('contact', { contactid, lastname: 'Ek' })
  const { json } = await call('GET', start.json['@odata.deltaLink'])
  const kinds = json.value.map(({ reason }: { reason?: string }) =>
    reason === undefined ? 'row' : 'deletion',
  )
  expect(kinds).toEqual(told)
  expect((await call('GET', json['@odata.deltaLink'])).json.value).toEqual([])
})

test('a table without change tracking refuses it', async () => {
  const simulator = environment()
  simulator.trackChanges('campaign', false)
  const call = await connect(simulator)
  const reply = await call('GET', 'campaigns', undefined, { prefer: 'odata.track-changes' })
  expect(code(reply)).toEqual([400, '0x80072491'])
})

test('the root of the metadata may refuse a filter', async () => {
  const path = "EntityDefinitions?$select=LogicalName&$filter=LogicalName eq 'contact'"
  const accepting = await connect(environment())
  expect((await accepting('GET', path)).json.value).toMatchObject([{ LogicalName: 'contact' }])
  const refusing = await connect(environment({ metadataRootFilter: 'refused' }))
  expect(code(await refusing('GET', path))).toEqual([400, '0x80060888'])
})

const ownOnly = async (simulator: DynamicsSimulator): Promise<TestClient> => {
  const roles = [simulator.defineRole({ name: 'Own contacts', privileges: { prvReadContact: 'Basic' } })]
  return connect(simulator, simulator.defineApplicationUser({ name: 'Limited', roles }))
}

test.each([
  [{}, 404],
  [{ readWithoutAccess: 403 }, 403],
] as const)(
  'a row out of reach is left out of lists, and read alone answers by %j: %i',
  async (behaviour, status) => {
    const simulator = environment(behaviour)
    const id = simulator.insert('contact', { lastname: 'Ek' })
    const call = await ownOnly(simulator)
    expect((await call('GET', 'contacts?$select=lastname')).json.value).toEqual([])
    expect((await call('GET', `contacts(${id})`)).status).toBe(status)
  },
)

test('change tracking needs the privilege to read every row', async () => {
  const call = await ownOnly(environment())
  const reply = await call('GET', 'contacts', undefined, { prefer: 'odata.track-changes' })
  expect(code(reply)).toEqual([403, '0x80040220'])
  expect(reply.json.error.message).toMatch(/is missing prvReadContact privilege/)
})

test('an empty text is stored as nothing, or kept', async () => {
  const id = '33333333-3333-4333-8333-333333333333'
  for (const [behaviour, stored] of [
    [{}, undefined],
    [{ emptyText: 'kept' }, ''],
  ] as const) {
    const simulator = environment(behaviour)
    const call = await connect(simulator)
    await call('PATCH', `contacts(${id})`, { lastname: 'Ek', jobtitle: '' })
    expect(simulator.row('contact', id)?.jobtitle).toBe(stored)
  }
})

test('a read-only column in a body is ignored, or refused', async () => {
  const body = { lastname: 'Ek', fullname: 'Somebody Else', createdon: '2001-01-01T00:00:00Z' }
  const simulator = environment()
  const ignoring = await connect(simulator)
  expect((await ignoring('POST', 'contacts', body)).status).toBe(204)
  expect(simulator.rows('contact')).toMatchObject([{ fullname: 'Ek', createdon: '2026-01-05T00:00:00Z' }])
  const refusing = await connect(environment({ readOnlyColumn: 'refused' }))
  expect((await refusing('POST', 'contacts', body)).status).toBe(400)
})

test('a role of another business unit is refused, or accepted', async () => {
  for (const [behaviour, status] of [
    [{}, 400],
    [{ roleOfOtherBusinessUnit: 'accepted' }, 204],
  ] as const) {
    const simulator = environment(behaviour)
    const businessUnitId = simulator.insert('businessunit', { name: 'Branch' })
    const role = simulator.defineRole({
      name: 'Branch reader',
      privileges: { prvReadContact: 'Local' },
      businessUnitId,
    })
    const call = await connect(simulator)
    const reply = await call('POST', `systemusers(${simulator.userId})/systemuserroles_association/$ref`, {
      '@odata.id': `${simulator.baseUrl}/api/data/v9.2/roles(${role})`,
    })
    expect(reply.status).toBe(status)
  }
})

test('ne finds rows without a value, or leaves them out', async () => {
  for (const [behaviour, names] of [
    [{}, ['Empty', 'Other']],
    [{ notEqualFindsNull: false }, ['Other']],
  ] as const) {
    const simulator = environment(behaviour)
    simulator.insert('contact', { lastname: 'Empty' })
    simulator.insert('contact', { lastname: 'Other', jobtitle: 'Chef' })
    simulator.insert('contact', { lastname: 'Equal', jobtitle: 'CEO' })
    const call = await connect(simulator)
    for (const filter of ["jobtitle ne 'CEO'", "not contains(jobtitle,'ce')"]) {
      const reply = await call('GET', `contacts?$select=lastname&$orderby=lastname&$filter=${filter}`)
      expect(reply.json.value.map((row: { lastname: string }) => row.lastname)).toEqual(names)
    }
  }
})

test('a duplicate answers 412, or 500 as an older page shows', async () => {
  for (const [behaviour, status] of [
    [{}, 412],
    [{ duplicateStatus: 500 }, 500],
  ] as const) {
    const simulator = environment(behaviour)
    simulator.defineDuplicateRule({ table: 'lead', columns: ['emailaddress1'] })
    simulator.insert('lead', { lastname: 'Ek', emailaddress1: 'ann@example.com' })
    const call = await connect(simulator)
    const lead = { lastname: 'Ek', emailaddress1: 'ANN@example.com' }
    const reply = await call('POST', 'leads', lead, { 'MSCRM.SuppressDuplicateDetection': 'false' })
    expect(code(reply)).toEqual([status, '0x80040333'])
  }
})

test('a set that there is none of answers 404, or 400', async () => {
  for (const [behaviour, answer] of [
    [{}, [404, '0x8006088a']],
    [{ unknownSetStatus: 400 }, [400, '0x80060888']],
  ] as const) {
    const call = await connect(environment(behaviour))
    const reply = await call('GET', 'conacs')
    expect(code(reply)).toEqual(answer)
    expect(reply.json.error.message).toBe("Resource not found for the segment 'conacs'.")
  }
})

test('metadata is read through the API, not written', async () => {
  const call = await connect(environment({}))
  for (const [method, path] of [
    ['POST', 'EntityDefinitions'],
    ['POST', 'GlobalOptionSetDefinitions'],
    ['DELETE', "RelationshipDefinitions(SchemaName='contact_customer_accounts')"],
  ] as const) {
    expect((await call(method, path, method === 'POST' ? {} : undefined)).status).toBe(405)
  }
})

test('a throttled batch is refused whole, or part by part', async () => {
  const part =
    'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n\r\n'
  const body = `--b\r\n${part}--b\r\n${part}--b--\r\n`
  const headers = { 'content-type': 'multipart/mixed;boundary=b', prefer: 'odata.continue-on-error' }
  const clock = createVirtualClock(0)
  const whole = await connect(createDynamicsSimulator({ clock, limits: { requests: 1 } }))
  expect((await whole('POST', '$batch', body, headers)).status).toBe(200)
  expect(code(await whole('POST', '$batch', body, headers))).toEqual([429, '0x80072322'])
  const parts = await connect(
    createDynamicsSimulator({ clock, limits: { requests: 1 }, behaviour: { batchThrottling: 'parts' } }),
  )
  const reply = await parts('POST', '$batch', body, headers)
  expect([reply.status, reply.text.match(/HTTP\/1\.1 \d+/g)]).toEqual([200, ['HTTP/1.1 200', 'HTTP/1.1 429']])
})
