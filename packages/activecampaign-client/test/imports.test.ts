import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ImportContact, type ImportHandle, parseImportHandle } from '../src/index.ts'
import { failureOf, scriptedService } from './scripted-service.ts'
import { accountWithContacts, emailOf, simulatedAccount } from './simulated-account.ts'

const people = (count: number, more: Partial<ImportContact> = {}): ImportContact[] =>
  Array.from({ length: count }, (_, index) => ({ email: emailOf(index), ...more }))

const bodiesOf = (requests: readonly { readonly body: string }[]) =>
  requests.map(({ body }) => ({
    bytes: new TextEncoder().encode(body).length,
    emails: [...body.matchAll(/"email":"([^"]*)"/g)].map(([, email]) => email),
  }))

describe('an import', () => {
  test('law: every contact goes out once, in order, in requests within both limits', async () => {
    const contact = fc.record({
      email: fc.integer({ min: 0, max: 1e9 }).map((n) => `p${n}@example.com`),
      lastName: fc.oneof(
        fc.constant('Novák'),
        fc.integer({ min: 0, max: 30_000 }).map((n) => 'ž'.repeat(n)),
      ),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { maxLength: 700, size: 'max' }), async (contacts) => {
        const { client, requests } = scriptedService({ json: { Success: 1, batchId: 'b' } })
        const handle = await client.imports.start(contacts)
        const bodies = bodiesOf(requests)
        expect(bodies.flatMap(({ emails }) => emails)).toEqual(contacts.map(({ email }) => email))
        for (const { bytes, emails } of bodies) {
          expect(bytes).toBeLessThanOrEqual(399_999)
          expect(emails.length).toBeLessThanOrEqual(250)
        }
        expect(handle).toMatchObject({ taken: contacts.length, rejected: [] })
        expect(handle.batches.map((batch) => batch.contacts)).toEqual(
          bodies.map(({ emails }) => emails.length),
        )
      }),
      { numRuns: 15 },
    )
  })

  test('makes contacts with values, tags, lists and accounts', async () => {
    const { client, simulator } = simulatedAccount()
    const field = simulator.defineField({ title: 'Colours', type: 'listbox', options: ['red', 'blue'] })
    const list = String(simulator.insert('lists', { name: 'News' }).id)
    const handle = await client.imports.start(
      people(300, {
        firstName: 'Mila',
        fieldValues: [{ field: field.id, value: ['red', 'blue'] }],
        tags: ['Customer'],
        subscribe: [list],
        accountName: 'Novak',
      }),
    )
    const status = await client.imports.wait(handle)
    expect(status.batches.flatMap((batch) => batch.contactIds)).toHaveLength(300)
    expect(simulator.contacts()).toHaveLength(300)
    const id = String(simulator.contacts()[299]?.id)
    const { contact, fieldValues, contactLists, accountContacts } = await client.contacts.get(id)
    expect(contact.firstName).toBe('Mila')
    expect(fieldValues).toMatchObject([{ value: '||red||blue||' }])
    expect(contactLists).toMatchObject([{ list, status: 'active' }])
    expect(accountContacts).toHaveLength(1)
    expect(await client.contactTags.listForContact(id).toArray()).toHaveLength(1)
  })

  test('with bad contacts imports all others, and says which are bad', async () => {
    const { client, simulator } = simulatedAccount()
    const contacts = people(600)
    for (const index of [0, 17, 249, 250, 599]) contacts[index] = { email: `bad ${index}` }
    const handle = await client.imports.start(contacts)
    expect(handle.rejected.map(({ index, email, code }) => [index, email, code])).toEqual(
      [0, 17, 249, 250, 599].map((index) => [index, `bad ${index}`, 'rejected']),
    )
    expect(handle.rejected[0]?.messages.join()).toContain("Field 'email' incorrect format")
    await client.imports.wait(handle)
    expect(simulator.contacts()).toHaveLength(595)
  })

  test.each([
    ['from 0', 0],
    ['from 1', 1],
  ])('finds the bad contact whether the service counts %s', async (_, origin) => {
    const { client, simulator } = simulatedAccount()
    simulator.faults.each(
      {
        kind: 'rewrite',
        change: (answer) => ({
          ...answer,
          body: (answer.body ?? '').replaceAll(
            /"contact":(\d+)/g,
            (_, place) => `"contact":${Number(place) + origin}`,
          ),
        }),
      },
      { operation: 'import.start' },
    )
    const contacts = people(40)
    for (const index of [7, 8, 39]) contacts[index] = { email: `bad ${index}` }
    const handle = await client.imports.start(contacts)
    expect(handle.rejected.map(({ index }) => index)).toEqual([7, 8, 39])
    await client.imports.wait(handle)
    expect(simulator.contacts()).toHaveLength(37)
  })

  test('that is refused as a whole is an error, and contacts are not tried one by one', async () => {
    const refusal = { success: 0, message: 'Not valid', failureReasons: ['Something is wrong'] }
    const { client, requests } = scriptedService({ status: 400, json: refusal })
    const failure = await failureOf(client.imports.start(people(40)))
    expect(failure).toMatchObject({ code: 'bad-request', messages: ['Something is wrong', 'Not valid'] })
    expect(requests).toHaveLength(1)
  })

  test('of which a part is queued when the rest is refused has no certain outcome', async () => {
    const bad = { success: 0, message: 'Not valid', failureReasons: [{ contact: 1, failureReason: 'Bad' }] }
    const { client, requests } = scriptedService(
      { status: 400, json: bad },
      { json: { Success: 1, batchId: 'b' } },
      { status: 402 },
    )
    const failure = await failureOf(client.imports.start(people(40)))
    expect(failure).toMatchObject({ code: 'unknown-outcome', cause: { code: 'payment-required' } })
    expect(bodiesOf(requests).map(({ emails }) => emails.length)).toEqual([40, 38, 1])
  })

  test('tells contacts that failed later by their e-mail', async () => {
    const { client, simulator } = accountWithContacts(1)
    const list = String(simulator.insert('lists', { name: 'News' }).id)
    simulator.unsubscribe(String(simulator.contacts()[0]?.id), list)
    const status = await client.imports.wait(await client.imports.start(people(20, { subscribe: [list] })))
    expect(status.batches.flatMap((batch) => batch.failedEmails)).toEqual([emailOf(0)])
  })

  test('does not send a contact that is too long for any request', async () => {
    const { client } = simulatedAccount()
    const contacts = [...people(2), { email: 'long@example.com', firstName: 'ž'.repeat(200_000) }]
    const handle = await client.imports.start(contacts)
    expect(handle).toMatchObject({
      taken: 3,
      rejected: [{ index: 2, email: 'long@example.com', code: 'too-large' }],
    })
  })

  test('of nobody calls nobody', async () => {
    const { client, simulator } = simulatedAccount()
    expect(await client.imports.start([])).toEqual({ version: 1, taken: 0, batches: [], rejected: [] })
    expect(simulator.calls.total).toBe(0)
  })
})

describe('the limits of imports', () => {
  test('of several contacts are kept: 100 requests a minute', async () => {
    const { client, clock } = simulatedAccount()
    const start = clock.now()
    const handle = await client.imports.start(people(250 * 205))
    expect(handle.batches).toHaveLength(205)
    expect(clock.now() - start).toBeGreaterThanOrEqual(120_000)
    expect(clock.now() - start).toBeLessThan(135_000)
  })

  test('of one contact are kept: 20 requests a minute', async () => {
    const { client, clock } = simulatedAccount()
    const start = clock.now()
    for (const contact of people(41)) await client.imports.start([contact])
    expect(clock.now() - start).toBeGreaterThanOrEqual(120_000)
    expect(clock.now() - start).toBeLessThan(130_000)
  })

  test('are waited for when others have used them up', async () => {
    const limit = {
      status: 400,
      json: { success: 0, message: 'Rate limit exceeded.', failureReasons: ['Up to 100'] },
    }
    const { client, requests } = scriptedService(limit, limit, { json: { success: 1, batchId: 'b' } })
    expect((await client.imports.start(people(3))).batches).toEqual([{ batchId: 'b', contacts: 3 }])
    expect(requests).toHaveLength(3)
  })
})

describe('the handle of an import', () => {
  test('survives being kept, and the import goes on where it stopped', async () => {
    const { client, simulator } = simulatedAccount()
    const contacts = people(1_000)
    let saved = ''
    const onProgress = (handle: ImportHandle) => {
      saved = JSON.stringify(handle)
      if (handle.taken === 500) throw new Error('power cut')
    }
    await failureOf(client.imports.start(contacts, { onProgress }))
    const resume = parseImportHandle(JSON.parse(saved))
    expect(resume).toMatchObject({ taken: 500 })
    const handle = await client.imports.start(contacts, { resume })
    expect(handle.batches).toHaveLength(4)
    expect((await client.imports.status(handle)).done).toBe(false)
    await client.imports.wait(handle)
    expect((await client.imports.status(handle)).done).toBe(true)
    expect(simulator.contacts()).toHaveLength(1_000)
  })

  test('is known to the caller when the outcome of a request is not', async () => {
    const { client, simulator } = simulatedAccount()
    simulator.faults.next({ kind: 'cut', when: 'after' }, { operation: 'import.start' })
    const handles: ImportHandle[] = []
    const onProgress = (handle: ImportHandle) => void handles.push(handle)
    const failure = await failureOf(client.imports.start(people(300), { onProgress }))
    expect(failure).toMatchObject({ code: 'unknown-outcome' })
    expect(handles).toEqual([])
  })

  test.each([null, {}, { version: 2 }, { version: 1, taken: '0' }])('is not %j', (value) => {
    expect(() => parseImportHandle(value)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
  })

  test('may take too long', async () => {
    const { client } = simulatedAccount({ behaviour: { importRunMs: 3_600_000 } })
    const handle = await client.imports.start(people(10))
    expect((await client.imports.queue()).outstanding).toMatchObject([{ batches: 1, contacts: 10 }])
    expect(await failureOf(client.imports.wait(handle, { timeoutMs: 60_000 }))).toMatchObject({
      code: 'not-ready',
    })
  })
})
