import { isUnknownOutcomeError } from '@dynacamp/http'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contact, InvalidArgumentError, lead } from '../src/index.ts'
import { createEnvironment, guidOf } from './environment.ts'
import { jsonResponse, scripted } from './scripted-fetch.ts'

const tooLong = 'x'.repeat(51)
const names = (simulator: ReturnType<typeof createEnvironment>['simulator']) =>
  simulator.rows('contact').map((row) => String(row.lastname))

describe('createMany', () => {
  test('law: finds exactly the bad rows, writes all others once, says the id of each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 50 }),
        async (bad, chunkSize) => {
          const { client, simulator } = createEnvironment()
          const rows = bad.map((isBad, index) => ({
            values: { lastname: `row ${index}`, firstname: isBad ? tooLong : 'fine' },
          }))
          const outcomes = await client.table(contact).createMany(rows, { chunkSize })
          expect(outcomes.map(({ outcome }) => outcome)).toEqual(
            bad.map((isBad) => (isBad ? 'failed' : 'done')),
          )
          for (const [index, outcome] of outcomes.entries()) {
            if (outcome.outcome === 'done') {
              expect(simulator.row('contact', outcome.id ?? '')).toMatchObject({ lastname: `row ${index}` })
            }
            if (outcome.outcome === 'failed')
              expect(outcome.error).toMatchObject({ dataverseCode: '0x80044331' })
          }
          expect(simulator.rows('contact')).toHaveLength(bad.filter((isBad) => !isBad).length)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('one bad row among a thousand costs about twenty requests', async () => {
    const { client, simulator } = createEnvironment()
    const rows = Array.from({ length: 1_000 }, (_, index) => ({
      values: { lastname: `row ${index}`, firstname: index === 613 ? tooLong : 'fine' },
    }))
    await client.whoAmI()
    const before = simulator.calls.total
    const outcomes = await client.table(contact).createMany(rows)
    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(999)
    expect(simulator.calls.total - before).toBeLessThanOrEqual(21)
  })

  test('takes ids of ours', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: guidOf(2), lastname: 'There already' })
    const rows = [1, 2, 3].map((index) => ({ id: guidOf(index), values: { lastname: `row ${index}` } }))
    const outcomes = await client.table(contact).createMany(rows)
    expect(outcomes).toMatchObject([
      { outcome: 'done', id: guidOf(1) },
      { outcome: 'failed' },
      { outcome: 'done', id: guidOf(3) },
    ])
    expect(names(simulator).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'row 1',
      'row 3',
      'There already',
    ])
  })

  test('a lost answer leaves its rows unknown and the rest untouched', async () => {
    const { client, simulator } = createEnvironment()
    const contacts = client.table(contact)
    await client.whoAmI()
    simulator.faults.next({ kind: 'cut', when: 'after' }, { method: 'POST' })
    const rows = [1, 2, 3, 4].map((index) => ({ values: { lastname: `row ${index}` } }))
    const outcomes = await contacts.createMany(rows, { chunkSize: 2 })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'skipped', 'skipped'])
    expect(outcomes[0]?.outcome === 'unknown' && outcomes[0].error).toSatisfy(isUnknownOutcomeError)
    expect(simulator.rows('contact')).toHaveLength(2)
  })

  test('an abort keeps what is known', async () => {
    for (const method of ['createMany', 'updateMany'] as const) {
      const { client, simulator } = createEnvironment()
      const controller = new AbortController()
      const rows = [1, 2, 3, 4, 5].map((index) => ({
        id: simulator.insert('contact', { contactid: guidOf(index), lastname: 'Ek' }),
        values: { jobtitle: 'CEO' },
      }))
      await client.whoAmI()
      let requests = 0
      const abortTheSecond = () => {
        requests += 1
        if (requests === 2) controller.abort(new Error('enough'))
      }
      simulator.faults.each({ kind: 'meanwhile', run: abortTheSecond }, { method: 'POST' })
      const made = rows.map(({ values }) => ({ values }))
      const options = { chunkSize: 2, signal: controller.signal }
      const contacts = client.table(contact)
      const outcomes = await (method === 'createMany'
        ? contacts.createMany(made, options)
        : contacts.updateMany(rows, options))
      expect(outcomes.map(({ outcome }) => outcome)).toEqual([
        'done',
        'done',
        'unknown',
        'unknown',
        'skipped',
      ])
    }
  })

  test('a refusal that concerns every row is not searched for', async () => {
    const error = {
      error: { code: '0x80040220', message: 'Principal user is missing prvCreateContact privilege on OTC=2' },
    }
    const { client, requests } = scripted(() => jsonResponse(error, 403))
    const rows = Array.from({ length: 8 }, () => ({ values: { lastname: 'Ek' } }))
    const outcomes = await client.table(contact).createMany(rows, { chunkSize: 4 })
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      ...Array(4).fill('failed'),
      ...Array(4).fill('skipped'),
    ])
    expect(outcomes[0]).toMatchObject({ error: { missingPrivilege: 'prvCreateContact' } })
    expect(requests).toHaveLength(1)
  })

  test('too few ids in the answer is no success', async () => {
    const { client } = scripted(() => jsonResponse({ Ids: [guidOf(1)] }))
    const outcomes = await client.table(contact).createMany([{ values: {} }, { values: {} }])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown'])
  })

  test("a gateway's failure is no refusal", async () => {
    const { client } = scripted(() => new Response('<html>bad gateway</html>', { status: 502 }))
    const outcomes = await client.table(contact).updateMany([{ id: guidOf(1), values: {} }])
    expect(outcomes).toMatchObject([{ outcome: 'unknown' }])
  })

  test('a request that timed out in the database is made smaller', async () => {
    const { client, requests } = scripted(async (request) => {
      const { Targets } = JSON.parse(await request.text())
      return Targets.length > 2
        ? jsonResponse({ error: { code: '0x80044151', message: 'SQL timeout expired.' } }, 500)
        : new Response(null, { status: 204 })
    })
    const rows = Array.from({ length: 8 }, (_, index) => ({ id: guidOf(index), values: { jobtitle: 'CEO' } }))
    const outcomes = await client.table(contact).updateMany(rows)
    expect(outcomes.every(({ outcome }) => outcome === 'done')).toBe(true)
    expect(requests).toHaveLength(7)
  })
})

describe('updateMany and upsertMany', () => {
  test('change rows; a missing one fails alone', async () => {
    const { client, simulator } = createEnvironment()
    for (const index of [1, 2, 4]) simulator.insert('contact', { contactid: guidOf(index), lastname: 'Ek' })
    const rows = [1, 2, 3, 4].map((index) => ({ id: guidOf(index), values: { jobtitle: `job ${index}` } }))
    const outcomes = await client.table(contact).updateMany(rows)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'failed', 'done'])
    expect(simulator.row('contact', guidOf(4))).toMatchObject({ jobtitle: 'job 4' })
  })

  test('upserts create and change, by id and by alternate key', async () => {
    const { client, simulator } = createEnvironment()
    simulator.defineKey('contact', 'new_external', ['externaluseridentifier'])
    simulator.insert('contact', { contactid: guidOf(1), lastname: 'Old', externaluseridentifier: 'A-1' })
    const outcomes = await client.table(contact).upsertMany([
      { key: { externaluseridentifier: 'A-1' }, values: { lastname: 'New' } },
      { key: { externaluseridentifier: 'A-2' }, values: { lastname: 'Made' } },
      { key: guidOf(3), values: { lastname: 'Made too' } },
    ])
    expect(outcomes).toMatchObject([
      { outcome: 'done', id: undefined },
      { outcome: 'done', id: undefined },
      { outcome: 'done', id: guidOf(3) },
    ])
    expect(simulator.row('contact', guidOf(1))).toMatchObject({ lastname: 'New' })
    expect(simulator.rows('contact')).toHaveLength(3)
  })
})

test('arguments that could never work are refused before anything is sent', async () => {
  const { client, requests } = scripted(() => new Response(null, { status: 204 }))
  const unknown = client.table('new_projects')
  await expect(unknown.createMany([{ values: { new_name: 'x' } }])).rejects.toThrow(InvalidArgumentError)
  const oneBad = [
    { id: guidOf(1), values: {} },
    { id: 'x', values: {} },
  ]
  await expect(client.table(lead).updateMany(oneBad, { chunkSize: 1 })).rejects.toThrow(InvalidArgumentError)
  await expect(client.table(lead).createMany([], { chunkSize: 0 })).rejects.toThrow(InvalidArgumentError)
  expect(await client.table(lead).createMany([])).toEqual([])
  expect(requests).toEqual([])
})
