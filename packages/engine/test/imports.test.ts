import { describe, expect, test } from 'vitest'
import { createWorld, syncOnce, type TestWorld } from './support/world.ts'

const idOf = (n: number): string => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`

const withRows = (count: number, world: TestWorld = createWorld()): TestWorld => {
  for (let n = 0; n < count; n += 1) {
    world.dynamics.insert('contact', {
      contactid: idOf(n),
      emailaddress1: `p${n}@example.com`,
      firstname: `First ${n}`,
      lastname: 'A',
      jobtitle: n % 2 === 0 ? 'Engineer' : null,
    })
  }
  return world
}

/** Rows with their contacts, in sync. */
const linked = async (count: number): Promise<TestWorld> => {
  const world = withRows(count)
  await syncOnce(world.sync)
  return world
}

const calls = ({ activeCampaign }: TestWorld, operation: string): number =>
  activeCampaign.calls.byOperation[operation] ?? 0

const writes = (world: TestWorld): number =>
  ['import.start', 'contacts.create', 'contacts.update', 'contacts.sync'].reduce(
    (sum, operation) => sum + calls(world, operation),
    0,
  )

const statusesOf = (outcomes: readonly { readonly status: string }[]) => [
  ...new Set(outcomes.map(({ status }) => status)),
]

describe('ten contacts and more', () => {
  test('are made by one import, linked, and then nothing is left to do', async () => {
    const world = withRows(12)
    const { report } = await syncOnce(world.sync)
    expect(statusesOf(report.outcomes)).toEqual(['done'])
    const told = new Set(['actionId', 'code', 'kind', 'message', 'remedy', 'status'])
    for (const outcome of report.outcomes) expect(new Set(Object.keys(outcome))).toEqual(told)
    expect(writes(world)).toBe(1)
    expect(world.activeCampaign.contacts()).toHaveLength(12)
    expect(world.activeCampaign.contacts()[0]).toMatchObject({
      email: 'p0@example.com',
      firstName: 'First 0',
      fields: { POSITION: 'Engineer' },
    })
    const plan = await world.sync.plan()
    expect([plan.actions, plan.holds, plan.conflicts]).toEqual([[], [], []])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('are changed by one import, without a look at each', async () => {
    const world = await linked(30)
    for (let n = 0; n < 30; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    const [before, looks] = [writes(world), calls(world, 'contacts.get')]
    const { report } = await syncOnce(world.sync)
    expect(statusesOf(report.outcomes)).toEqual(['done'])
    expect([writes(world) - before, calls(world, 'contacts.get') - looks]).toEqual([1, 0])
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toEqual(Array(30).fill('B'))
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('whose e-mail changes, or of whom something is cleared, go one by one beside them', async () => {
    const world = await linked(14)
    world.dynamics.update('contact', idOf(0), { emailaddress1: 'other@example.com' })
    for (let n = 1; n < 14; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    const { plan, report } = await syncOnce(world.sync)
    expect(plan.cost.bulk).toEqual({ contacts: 13, calls: 1 })
    expect(statusesOf(report.outcomes)).toEqual(['done'])
    expect(calls(world, 'contacts.update')).toBe(1)
    expect(world.activeCampaign.contacts()[0]).toMatchObject({ email: 'other@example.com' })
  })
})

test('what is meant for a contact that is gone does not reach the one that has its e-mail by now', async () => {
  const world = await linked(14)
  const { activeCampaign, dynamics } = world
  const [gone, other] = activeCampaign.contacts()
  if (gone === undefined || other === undefined) throw new Error('nobody is there')
  activeCampaign.removeContact(gone.id)
  activeCampaign.updateContact(other.id, { email: gone.email })
  dynamics.update('contact', idOf(0), { firstname: 'Zero' })
  for (let n = 2; n < 14; n += 1) dynamics.update('contact', idOf(n), { lastname: 'B' })
  const { report } = await syncOnce(world.sync)
  expect(calls(world, 'import.start')).toBe(2)
  expect(activeCampaign.contacts()[0]).toMatchObject({ id: other.id, firstName: 'First 1' })
  expect(report.outcomes.filter(({ status }) => status !== 'done')).toMatchObject([{ status: 'stale' }])
})

describe('a contact that people delete', () => {
  const emails = ({ activeCampaign }: TestWorld) => activeCampaign.contacts().map(({ email }) => email)
  const edited = async (count: number): Promise<TestWorld> => {
    const world = await linked(count)
    for (let n = 0; n < count; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    return world
  }

  test('is not made again by an import of changes, whether there are few contacts or many', async () => {
    for (const count of [12, 130]) {
      const world = await edited(count)
      world.activeCampaign.removeContact('7')
      const { report } = await syncOnce(world.sync)
      expect(report.outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
        { status: 'stale', code: 'contact-gone' },
      ])
      expect(emails(world)).toHaveLength(count - 1)
      expect(emails(world)).not.toContain('p6@example.com')
      const plan = await world.sync.plan()
      expect([plan.actions, plan.skips.map(({ reason }) => reason.code)]).toEqual([[], ['deleted']])
    }
  })

  test('nor is it in the initial sync, where each import may be of one', async () => {
    const world = withRows(3)
    world.dynamics.update('contact', idOf(1), { lastname: null })
    world.activeCampaign.insertContact({ email: 'p1@example.com', lastName: 'Theirs' })
    const plan = await world.sync.plan()
    world.activeCampaign.removeContact('1')
    await world.sync.apply(plan)
    expect(emails(world).toSorted()).toEqual(['p0@example.com', 'p2@example.com'])
  })

  test('whose e-mail another one takes: the import does not write to that one', async () => {
    const world = await edited(12)
    const plan = await world.sync.plan()
    world.activeCampaign.faults.next(
      {
        kind: 'meanwhile',
        run: () => {
          world.activeCampaign.removeContact('7')
          world.activeCampaign.insertContact({ email: 'p6@example.com', lastName: 'Theirs' })
        },
      },
      { operation: 'contacts.list', url: /ids/ },
    )
    await world.sync.apply(plan)
    expect(world.activeCampaign.contacts().at(-1)).toMatchObject({ id: '13', lastName: 'Theirs' })
  })

  test('after the look is made again by the import: it is linked, and whole again', async () => {
    for (const firstLink of ['hold', 'policy'] as const) {
      const world = await edited(12)
      const remove = { kind: 'meanwhile', run: () => void world.activeCampaign.removeContact('7') } as const
      world.activeCampaign.faults.next(remove, { operation: 'import.start' })
      const sync = world.newSync({ firstLink })
      expect(await sync.run()).toMatchObject({ ending: 'completed' })
      expect(world.activeCampaign.contacts().filter(({ email }) => email === 'p6@example.com')).toMatchObject(
        [{ id: '13', firstName: 'First 6', lastName: 'B', fields: { POSITION: 'Engineer' } }],
      )
      expect(world.dynamics.rows('contact')[6]).toMatchObject({ firstname: 'First 6', jobtitle: 'Engineer' })
      const plan = await sync.plan({ full: true })
      expect([plan.actions, plan.holds, plan.skips]).toEqual([[], [], []])
    }
  })

  test('but one that only has another e-mail by then stays linked', async () => {
    const world = await edited(12)
    const rename = () => void world.activeCampaign.updateContact('7', { email: 'new@example.com' })
    world.activeCampaign.faults.next({ kind: 'meanwhile', run: rename }, { operation: 'import.start' })
    await world.sync.run()
    expect(world.activeCampaign.contacts()[6]).toMatchObject({ email: 'new@example.com', lastName: 'B' })
    expect(world.dynamics.rows('contact')[6]).toMatchObject({ emailaddress1: 'new@example.com' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('when the look fails, nothing is sent, and the next plan has it again', async () => {
    const world = await edited(12)
    const plan = await world.sync.plan()
    const before = writes(world)
    world.activeCampaign.faults.each(
      { kind: 'status', status: 500 },
      { operation: 'contacts.list', url: /ids/ },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, remedy }) => [status, remedy])).toEqual(
      Array(12).fill(['failed', 'retry']),
    )
    expect(writes(world)).toBe(before)
    world.activeCampaign.faults.clear()
    expect((await syncOnce(world.sync)).plan.actions).toHaveLength(12)
    expect((await world.sync.plan()).actions).toEqual([])
  })
})

test('nine contacts go one by one, but for the initial sync', async () => {
  const world = createWorld()
  await world.sync.run()
  withRows(9, world)
  await syncOnce(world.sync)
  expect([calls(world, 'import.start'), calls(world, 'contacts.create')]).toEqual([0, 9])
})

describe('what somebody else does', () => {
  test('a contact made since the plan is not overwritten', async () => {
    const world = withRows(12)
    const plan = await world.sync.plan()
    world.activeCampaign.insertContact({ email: 'P3@example.com', firstName: 'Adele' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      { status: 'stale', code: 'contact-exists' },
    ])
    expect(world.activeCampaign.contacts().map(({ firstName }) => firstName)).toContain('Adele')
  })

  test('a contact changed since the plan is not overwritten', async () => {
    const world = await linked(12)
    for (let n = 0; n < 12; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    const plan = await world.sync.plan()
    world.activeCampaign.updateContact(4, { lastName: 'Mine' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      { status: 'stale', code: 'record-changed' },
    ])
    expect(world.activeCampaign.contacts()[3]).toMatchObject({ lastName: 'Mine' })
  })

  test('a custom field changed since the reading is not overwritten', async () => {
    const world = await linked(12)
    await world.sync.run()
    await world.clock.sleep(3_600_000)
    for (let n = 0; n < 12; n += 1) world.dynamics.update('contact', idOf(n), { address1_city: 'Wien' })
    const edit = () => void world.activeCampaign.updateContact('1', { fields: { CITY: 'Graz' } })
    world.activeCampaign.faults.next(
      { kind: 'meanwhile', run: edit },
      { operation: 'contacts.list', url: /ids/ },
    )
    await world.sync.run()
    // ActiveCampaign wins, and its change is a conflict like any other.
    expect(world.activeCampaign.contacts()[0]).toMatchObject({ fields: { CITY: 'Graz' } })
    expect(world.dynamics.row('contact', idOf(0))).toMatchObject({ address1_city: 'Graz' })
    expect(world.activeCampaign.contacts()[1]).toMatchObject({ fields: { CITY: 'Wien' } })
    expect(calls(world, 'contacts.update')).toBe(0)
  })

  test('a contact changed after the import wrote it is a change like any other, and flows back', async () => {
    const world = withRows(12)
    const plan = await world.sync.plan()
    // When the import has ended, and before the sync reads what it made.
    world.activeCampaign.faults.each(
      {
        kind: 'meanwhile',
        run: () => {
          const made = world.activeCampaign.contacts().find(({ email }) => email === 'p5@example.com')
          if (made) world.activeCampaign.updateContact(made.id, { lastName: 'Edited' })
        },
      },
      { operation: 'import.status' },
    )
    const { outcomes } = await world.sync.apply(plan)
    expect(statusesOf(outcomes)).toEqual(['done'])
    world.activeCampaign.faults.clear()
    await syncOnce(world.sync)
    expect(world.dynamics.rows('contact')[5]).toMatchObject({ lastname: 'Edited' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('a contact that a bounced address keeps out is set aside with its error, the others are not', async () => {
    const world = withRows(12)
    const plan = await world.sync.plan()
    world.activeCampaign.insert('exclusions', {
      matchPhrase: 'p7@example.com',
      matchType: 'exact',
      channel: 'allEmail',
    })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      { status: 'failed', code: 'import-failed', remedy: 'hold' },
    ])
    expect(world.activeCampaign.contacts()).toHaveLength(11)
  })
})

describe('an import that is refused', () => {
  test('for one bad address: it alone is set aside with its error', async () => {
    const world = withRows(14)
    // Fine for a mailbox, and not for the service.
    world.dynamics.update('contact', idOf(5), { emailaddress1: 'jörg@example.com' })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes.filter(({ status }) => status !== 'done')).toMatchObject([
      {
        actionId: expect.stringContaining(idOf(5)),
        status: 'failed',
        code: 'import-rejected',
        remedy: 'hold',
      },
    ])
    expect(world.activeCampaign.contacts()).toHaveLength(13)
  })

  test('as a whole, for the permission: nothing more is tried', async () => {
    const world = withRows(12)
    const plan = await world.sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'import.start' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, remedy }) => [status, remedy])).toEqual(
      Array(12).fill(['failed', 'block']),
    )
    world.activeCampaign.faults.clear()
    await syncOnce(world.sync)
    expect(world.activeCampaign.contacts()).toHaveLength(12)
  })

  test('as a whole, without a reason: it is halved until each contact has its own answer', async () => {
    const world = createWorld()
    await world.sync.run()
    withRows(30, world)
    const plan = await world.sync.plan()
    world.activeCampaign.faults.each({ kind: 'status', status: 400 }, { operation: 'import.start' })
    const { outcomes } = await world.sync.apply(plan)
    expect(statusesOf(outcomes)).toEqual(['done'])
    expect(calls(world, 'contacts.create')).toBe(30)
  })
})

describe('an import whose answer is lost', () => {
  for (const when of ['before', 'after'] as const) {
    test(`${when} it was taken is looked up before anything is repeated`, async () => {
      const world = withRows(12)
      const plan = await world.sync.plan()
      world.activeCampaign.faults.next({ kind: 'cut', when }, { operation: 'import.start' })
      const { outcomes } = await world.sync.apply(plan)
      expect(statusesOf(outcomes)).toEqual([when === 'after' ? 'done' : 'unknown'])
      await syncOnce(world.sync)
      expect(world.activeCampaign.contacts()).toHaveLength(12)
      expect(calls(world, 'import.start')).toBe(when === 'after' ? 1 : 2)
      expect((await world.sync.plan()).actions).toEqual([])
    })
  }

  test('is one call, however many contacts it has: one that is lost ends no run', async () => {
    const world = withRows(12)
    world.activeCampaign.faults.next({ kind: 'cut', when: 'after' }, { operation: 'import.start' })
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(world.activeCampaign.contacts()).toHaveLength(12)
  })

  test('keeps an older value from arriving after a newer one', async () => {
    const world = await linked(12)
    for (let n = 0; n < 12; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'B' })
    const plan = await world.sync.plan()
    // The service takes the import, and the process ends before it hears of that.
    world.activeCampaign.faults.each({ kind: 'cut', when: 'after' }, { operation: 'import.start' })
    world.activeCampaign.faults.each({ kind: 'cut', when: 'before' }, { operation: 'import.queue' })
    await world.sync.apply(plan)
    world.activeCampaign.faults.clear()
    for (let n = 0; n < 12; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'C' })
    await syncOnce(world.newSync())
    expect(world.activeCampaign.contacts().map(({ lastName }) => lastName)).toEqual(Array(12).fill('C'))
    expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toEqual(Array(12).fill('C'))
    expect((await world.sync.plan()).actions).toEqual([])
  })
})
