import { expect, test } from 'vitest'
import { testAccount } from './account.ts'

test('an old segment is empty on the first call and cached for an hour afterwards', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insertContact({ email: 'jon.dahl@example.com' })
  account.simulator.insert('segments', { name: 'North', contacts: ['1'] })
  expect((await account.get('segments')).body.segments).toEqual([
    { id: '1', name: 'North', logic: 'and', hidden: '0', seriesid: '0', links: [] },
  ])
  const ids = async (more = '') =>
    (await account.get(`contacts?segmentid=1${more}`)).body.contacts.map((row: { id: string }) => row.id)
  expect(await ids()).toEqual([])
  await account.clock.advance(3999)
  expect(await ids()).toEqual([])
  await account.clock.advance(1)
  expect(await ids()).toEqual(['1'])
  account.simulator.update('segments', 1, { contacts: ['1', '2'] })
  expect(await ids()).toEqual(['1'])
  expect(await ids('&forceQuery=1')).toEqual(['1', '2'])
})

const tagged = (tag: string) => ({
  data: [
    {
      attributes: {
        name: 'Trial people',
        segment_condition_group_operator: 'and',
        segment_condition_groups: [{ id: '1', operator: 'and', values: [{ id: '1', type: 'condition' }] }],
        segment_conditions: [
          {
            id: '1',
            object_type: 'tag',
            source_system: 'activecampaign',
            fields: [{ name: 'tagid', operator: '=', value: tag, data_type: 'number' }],
          },
        ],
      },
    },
  ],
})

test('match-all runs take their time, then tell the ids', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com', tags: ['Trial'] })
  account.simulator.insertContact({ email: 'jon.dahl@example.com' })
  const made = await account.post('segmentsV2', tagged('1'))
  const segment = String(made.body.data[0].id)
  expect(made.status).toBe(201)
  expect((await account.get('audiences')).body.data[0].attributes.name).toBe('Trial people')
  const started = (await account.get(`segmentMatchAll/${segment}`)).body.data[0].attributes
  expect(started.is_ready).toBe(false)
  expect('matches' in started).toBe(false)
  await account.clock.advance(4000)
  const path = `segmentMatchAll/${segment}/${String(started.run_id)}`
  expect((await account.get(path)).body.data[0].attributes).toMatchObject({
    is_ready: true,
    matches: [1],
    page: { current_page: 1, last_page: 1, per_page: 20, total: 1 },
  })
  const matched = async (id: number) =>
    (await account.get(`segmentMatch/${segment}/${String(id)}`)).body.data[0].attributes.match
  expect([await matched(1), await matched(2)]).toEqual([true, false])
})

test('a segment made for one match is gone after a day', async () => {
  const account = testAccount()
  const run = (await account.post('segmentMatchAll', tagged('1'))).body.data[0].attributes
  expect((await account.get(`segmentsV2/${String(run.segment_id)}`)).status).toBe(200)
  await account.clock.advance(86_400_000)
  expect((await account.get(`segmentsV2/${String(run.segment_id)}`)).status).toBe(404)
})

test('a numeric id means an old segment', async () => {
  const account = testAccount()
  account.simulator.insertContact({ email: 'mira.holt@example.com' })
  account.simulator.insert('segments', { name: 'North', contacts: ['1'] })
  expect((await account.get('segmentMatch/1/1')).body.data[0]).toMatchObject({
    id: '1-1',
    type: 'match',
    attributes: { match: true, entity_id: '1', segment_id: '1' },
  })
  expect((await account.get('segmentMatch/9/1')).status).toBe(404)
})
