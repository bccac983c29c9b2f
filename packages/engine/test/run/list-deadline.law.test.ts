/**
 * Whose consent is acted on is read anew by the plan that does it, a call for each. The laws: a run stops at its deadline all the
 * same, and runs that are repeated come to what one run comes to.
 */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asyncLaw } from '../support/law.ts'
import { idOf } from '../support/peopled.ts'
import { createWorld, schema, type TestWorld } from '../support/world.ts'

const callMs = 300

/** What a run may still do after its deadline: ten look-ups, eight actions, and what goes with them, at the pace of the account. */
const graceMs = 40 * callMs

const definitionWith = (guards: { readonly maxUnsubscribes?: number }) =>
  defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    guards,
  })

type Guards = Parameters<typeof definitionWith>[0]

/** People who are linked, and on two lists each. */
const subscribed = async (count: number, guards: Guards): Promise<TestWorld> => {
  const world = createWorld({ definition: definitionWith(guards) })
  const lists = ['News', 'Offers'].map((name) => String(world.activeCampaign.insert('lists', { name }).id))
  for (let n = 0; n < count; n += 1) {
    const email = `person${n}@example.com`
    world.dynamics.insert('contact', { contactid: idOf(n), emailaddress1: email })
    const contact = world.activeCampaign.insertContact({ email }).id
    for (const list of lists) world.activeCampaign.insert('contactLists', { contact, list, status: '1' })
  }
  await world.sync.run()
  await world.sync.run({ full: true })
  await world.clock.sleep(3_600_000)
  for (const service of [world.dynamics, world.activeCampaign])
    service.faults.each({ kind: 'latency', ms: callMs })
  return world
}

/** Everybody's consent on both sides. */
const consentIn = ({ dynamics, activeCampaign }: TestWorld) => ({
  rows: dynamics.rows('contact').map(({ donotbulkemail }) => donotbulkemail === true),
  contacts: activeCampaign.contacts().map(({ email, lists }) => [email, lists]),
})

/** Runs until there is no more to do. */
const drain = async (world: TestWorld, deadlineMs: number | undefined): Promise<number> => {
  for (let runs = 1; ; runs += 1) {
    const report = await world.sync.run(deadlineMs === undefined ? {} : { deadlineMs })
    if (deadlineMs !== undefined) expect(report.durationMs).toBeLessThanOrEqual(deadlineMs + graceMs)
    if (!report.more && report.ending === 'completed') return runs
    if (runs > 300) throw new Error(`it never ends: ${report.ending}`)
  }
}

test.each([{}, { maxUnsubscribes: 1_000 }])(
  'a run that is to unsubscribe many stops at its deadline',
  async (guards) => {
    const world = await subscribed(150, guards)
    for (let n = 0; n < 150; n += 1) world.dynamics.update('contact', idOf(n), { donotbulkemail: true })
    expect(await drain(world, 8_000)).toBeGreaterThan(2)
    expect(new Set(consentIn(world).contacts.flatMap(([, lists]) => Object.values(lists ?? {})))).toEqual(
      new Set(['2']),
    )
  },
)

test('whom a service refuses to unsubscribe keeps no run with a deadline from the others', async () => {
  const world = await subscribed(60, {})
  for (let n = 0; n < 50; n += 1) world.dynamics.update('contact', idOf(n), { donotbulkemail: true })
  world.dynamics.update('contact', idOf(59), { lastname: 'Edited' })
  world.activeCampaign.faults.each(
    { kind: 'status', status: 403 },
    { method: 'POST', url: /\/contactLists$/ },
  )
  const endings: string[] = []
  const isThrough = () => world.activeCampaign.contacts()[59]?.lastName === 'Edited'
  while (!isThrough() && endings.length < 40) {
    const ended = await world.sync.run({ deadlineMs: 6_000 }).catch(() => undefined)
    endings.push(ended?.ending ?? 'failed')
  }
  expect(endings).toContain('deadline')
  expect(isThrough()).toBe(true)
})

interface Changes {
  readonly optOut: readonly number[]
  readonly leave: readonly number[]
  readonly comeBack: readonly number[]
  readonly edit: readonly number[]
}

const people = 60

/** People opt out in D365, leave their lists, come back to one without a trace, and are edited. */
const change = (world: TestWorld, { optOut, leave, comeBack, edit }: Changes): void => {
  const { dynamics, activeCampaign } = world
  const listsOf = (n: number): readonly string[] =>
    activeCampaign
      .rows('contactLists')
      .filter(({ contact }) => String(contact) === activeCampaign.contacts()[n]?.id)
      .map(({ id }) => String(id))
  for (const n of edit) dynamics.update('contact', idOf(n), { lastname: 'Edited' })
  for (const n of optOut) dynamics.update('contact', idOf(n), { donotbulkemail: true })
  for (const n of leave)
    for (const id of listsOf(n)) activeCampaign.update('contactLists', id, { status: '2' })
  for (const n of comeBack) {
    const [id = ''] = listsOf(n)
    activeCampaign.update('contactLists', id, { status: '1' })
  }
}

const play = async (changes: Changes, guards: Guards, deadlineMs: number | undefined) => {
  const world = await subscribed(people, guards)
  change(world, changes)
  const runs = await drain(world, deadlineMs)
  await world.clock.sleep(3_600_000)
  return { runs, consent: consentIn(world), actions: (await world.sync.plan({ full: true })).actions }
}

const some = fc.uniqueArray(fc.nat(people - 1), { maxLength: people })

test(
  'law: whatever the deadline, runs that are repeated until there is no more come to what one run comes to',
  () =>
    asyncLaw(
      fc.record({
        changes: fc.record({ optOut: some, leave: some, comeBack: some, edit: some }),
        guards: fc.constantFrom<Guards>({}, { maxUnsubscribes: 1_000 }),
        deadlineMs: fc.integer({ min: 20 * callMs, max: 40_000 }),
      }),
      async ({ changes, guards, deadlineMs }) => {
        const whole = await play(changes, guards, undefined)
        const inPieces = await play(changes, guards, deadlineMs)
        expect(whole).toMatchObject({ runs: 1, actions: [] })
        expect(inPieces).toEqual({ ...whole, runs: inPieces.runs })
      },
      4,
    ),
  120_000,
)
