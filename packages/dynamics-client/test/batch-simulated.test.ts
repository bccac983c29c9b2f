import { describe, expect, test } from 'vitest'
import { account, changeSet, contact, createdInChangeSet } from '../src/index.ts'
import { createEnvironment, guidOf } from './environment.ts'

const tooLong = 'x'.repeat(51)

describe('batch', () => {
  test('runs requests in order and matches their answers', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: guidOf(1), lastname: 'Ek' })
    const { prepare } = client.table(contact)
    const outcomes = await client.batch([
      prepare.update(guidOf(1), { lastname: 'Berg' }),
      prepare.get(guidOf(1), { select: ['lastname'] }),
      prepare.create({ lastname: 'Dahl' }, { id: guidOf(2) }),
      prepare.delete(guidOf(1)),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done'])
    const [, read, made] = outcomes
    expect(read?.outcome === 'done' && read.responses[0].json()).toMatchObject({ lastname: 'Berg' })
    expect(made?.outcome === 'done' && made.responses[0].id).toBe(guidOf(2))
    expect(simulator.rows('contact')).toMatchObject([{ contactid: guidOf(2), lastname: 'Dahl' }])
  })

  test('stops at the first failure, and what ran before stays', async () => {
    const { client, simulator } = createEnvironment()
    const { prepare } = client.table(contact)
    const items = [
      prepare.create({ lastname: 'A' }),
      prepare.create({ firstname: tooLong }),
      prepare.create({ lastname: 'C' }),
    ]
    const stopped = await client.batch(items)
    expect(stopped).toMatchObject([
      { outcome: 'done' },
      { outcome: 'failed', error: { dataverseCode: '0x80044331', status: 400 } },
      { outcome: 'skipped' },
    ])
    expect(simulator.rows('contact')).toHaveLength(1)

    const finished = await client.batch(items, { continueOnError: true })
    expect(finished.map(({ outcome }) => outcome)).toEqual(['done', 'failed', 'done'])
    expect(simulator.rows('contact')).toHaveLength(3)
  })

  test('a change set refers to its own rows, and takes effect as a whole or not at all', async () => {
    const { client, simulator } = createEnvironment()
    const company = client.table(account).prepare.create({ name: 'Contoso' })
    const person = (firstname: string) =>
      client
        .table(contact)
        .prepare.create({ firstname, lastname: 'Ek', parentcustomerid: createdInChangeSet(account, 1) })

    const [bad] = await client.batch([changeSet([company, person(tooLong)])])
    expect(bad).toMatchObject({ outcome: 'failed', error: { dataverseCode: '0x80044331' } })
    expect(simulator.rows('account')).toHaveLength(0)

    const [good] = await client.batch([changeSet([company, person('Ann')])])
    const ids = good?.outcome === 'done' ? good.responses.map(({ id }) => id) : []
    expect(simulator.row('contact', ids[1] ?? '')).toMatchObject({ _parentcustomerid_value: ids[0] })
  })

  test('conditions hold per request', async () => {
    const { client, simulator } = createEnvironment()
    simulator.insert('contact', { contactid: guidOf(1), lastname: 'Ek' })
    const { prepare, get } = client.table(contact)
    const ifMatch = (await get(guidOf(1), { select: [] }))['@odata.etag'] ?? ''
    const outcomes = await client.batch(
      [
        prepare.update(guidOf(1), { lastname: 'Berg' }, { ifMatch }),
        prepare.update(guidOf(1), { lastname: 'Dahl' }, { ifMatch }),
        prepare.update(guidOf(9), { lastname: 'Nobody' }),
      ],
      { continueOnError: true },
    )
    expect(outcomes).toMatchObject([
      { outcome: 'done' },
      { outcome: 'failed', error: { dataverseCode: '0x80060882' } },
      { outcome: 'failed', error: { dataverseCode: '0x80040217' } },
    ])
  })

  test('is sent again when throttled, and not when its answer was lost', async () => {
    const { client, simulator } = createEnvironment()
    const create = client.table(contact).prepare.create({ lastname: 'Ek' })
    simulator.faults.next({ kind: 'status', status: 429, retryAfter: 3 }, { method: 'POST', url: /batch/ })
    expect(await client.batch([create])).toMatchObject([{ outcome: 'done' }])
    simulator.faults.next({ kind: 'cut', when: 'after' })
    await expect(client.batch([create])).rejects.toMatchObject({ code: 'unknown-outcome' })
    expect(simulator.rows('contact')).toHaveLength(2)
  })
})
