import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { GuardTrippedError, type RunOptions } from '../../src/index.ts'
import { companySchema, createCompanyWorld } from '../support/company-world.ts'
import { idOf } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

const hourMs = 3_600_000
const tables = [
  ['account', 'accounts'],
  ['contact', 'contacts'],
  ['lead', 'leads'],
] as const
const each = 6

const rowOf = (table: number, index: number): string => idOf(table * 100 + index)

const contacts = ({ activeCampaign }: TestWorld) =>
  activeCampaign.contacts().map(({ email, lastName }) => [email, lastName])

/** Synced companies and people, of whom two in each table are changed in D365, two in ActiveCampaign and one is deleted since. */
const changed = async (guards: {
  readonly maxChangedShare?: number
  readonly maxDeletes?: number
}): Promise<TestWorld> => {
  const policy = { direction: 'bidirectional', deleted: { inDynamics: 'delete' } } as const
  const definition = defineSync(companySchema, {
    accounts: { ...policy, fields: [...standardMappings.accounts] },
    contacts: { ...policy, fields: [...standardMappings.contacts] },
    leads: { ...policy, fields: [...standardMappings.leads] },
    guards,
  })
  const world = createCompanyWorld({ definition })
  const { dynamics, activeCampaign } = world
  for (const [number, [table]] of tables.entries())
    for (let index = 1; index <= each; index += 1) {
      const named =
        table === 'account'
          ? { name: `Company ${index}` }
          : { emailaddress1: `${table}${index}@example.com`, firstname: 'Pat', lastname: `Number ${index}` }
      dynamics.insert(table, { [`${table}id`]: rowOf(number, index), ...named })
    }
  await world.sync.run()
  await world.clock.sleep(hourMs)
  await world.sync.run()
  for (const [number, [table]] of tables.entries()) {
    const name = table === 'account' ? 'name' : 'lastname'
    for (const index of [1, 2]) dynamics.update(table, rowOf(number, index), { [name]: `Changed ${index}` })
    dynamics.remove(table, rowOf(number, each))
  }
  for (const { id, email } of activeCampaign.contacts())
    if (/[34]@/.test(email)) activeCampaign.updateContact(id, { lastName: 'Changed too' })
  return world
}

const whatTrips = async (run: Promise<unknown>): Promise<GuardTrippedError> => {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof GuardTrippedError)) throw new Error('no guard tripped', { cause: error })
  return error
}

/** Options of a run that ends behind the first piece of its work, however much there is. */
const onePiece = ({ clock }: TestWorld): RunOptions => ({
  deadlineMs: 5_000,
  onBoundary: () => clock.sleep(10_000),
})

test.each([
  ['soon after each other', 0],
  ['an hour after each other, so that each reads anew', hourMs],
])('runs with short deadlines, %s, come to the numbers that one run comes to', async (_, pauseMs) => {
  const guards = { maxDeletes: 2, maxChangedShare: 0.5 }
  const whole = await whatTrips((await changed(guards)).sync.run())
  expect(whole.guards).toMatchObject([
    { guard: 'changed-share', actual: 13 / 18 },
    { guard: 'deletes', actual: 3 },
  ])
  const world = await changed(guards)
  const before = contacts(world)
  const endings: string[] = []
  const untilItTrips = async (): Promise<never> => {
    for (;;) {
      endings.push((await world.sync.run(onePiece(world))).ending)
      if (endings.length > 12) throw new Error('it never ends')
      await world.clock.sleep(pauseMs)
    }
  }
  const { guards: measured } = await whatTrips(untilItTrips())
  expect(measured).toEqual(whole.guards)
  expect(endings.length).toBeGreaterThan(3)
  expect(new Set(endings)).toEqual(new Set(['deadline']))
  expect(contacts(world)).toEqual(before)
})

test('what is counted is not counted again by the runs that go on, whatever ended the one before', async () => {
  const world = await changed({ maxDeletes: 10 })
  const endings: string[] = []
  for (let ending = ''; ending !== 'completed'; ) {
    const stop = new AbortController()
    const abort = async () => stop.abort()
    const options = endings.length < 3 ? { signal: stop.signal, onBoundary: abort } : onePiece(world)
    ending = (await world.sync.run(options)).ending
    endings.push(ending)
    if (endings.length > 30) throw new Error('it never ends')
  }
  expect(endings.slice(0, 3)).toEqual(['aborted', 'aborted', 'aborted'])
  // One for each batch that is counted, planned, and found quiet.
  expect(endings.length).toBeLessThan(20)
  expect(contacts(world)).toHaveLength(2 * (each - 1))
})

test('a plan counts everything, whatever a run has counted before, and apply goes by what the plan shows', async () => {
  const world = await changed({ maxDeletes: 4 })
  expect((await world.sync.run(onePiece(world))).ending).toBe('deadline')
  const [[table]] = tables
  // Before the place that the count has come to.
  world.dynamics.remove(table, rowOf(0, 5))
  const plan = await world.sync.plan()
  expect(plan.guards).toMatchObject([{ guard: 'deletes', actual: 4, tripped: false }])
  world.dynamics.remove(table, rowOf(0, 4))
  const { outcomes } = await world.sync.apply(plan)
  expect(outcomes.filter(({ kind }) => kind.startsWith('delete-'))).toHaveLength(4)
  expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([])
})

test('deletes that hints leave to the run are counted before it writes, though it has counted before', async () => {
  const world = await changed({ maxDeletes: 6 })
  for (let hasApplied = false; !hasApplied; ) {
    const { entities, ending } = await world.sync.run(onePiece(world))
    expect(ending).toBe('deadline')
    hasApplied = Object.values(entities).some(({ done }) => done > 0)
  }
  const companies = () => world.activeCampaign.rows('accounts').length
  const left = companies()
  for (const [number, [table, entity]] of tables.entries())
    for (const index of [3, 4, 5]) {
      world.dynamics.remove(table, rowOf(number, index))
      await world.sync.runRecord({ side: 'dynamics', entity, id: rowOf(number, index) })
    }
  await whatTrips(world.sync.run())
  expect(companies()).toBe(left)
})
