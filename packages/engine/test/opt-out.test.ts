/** Opting out, both ways, through both simulators. */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { describe, expect, test } from 'vitest'
import { peopled } from './support/peopled.ts'
import { createWorld, schema, syncOnce } from './support/world.ts'

type OptOut = NonNullable<Parameters<typeof defineSync<typeof schema>>[1]['optOut']>

const ada = '11111111-1111-4111-8111-111111111111'

const resubscribe = 'resubscribe people when Dynamics 365 allows e-mail again' as const

const definitionWith = (optOut: OptOut = {}) =>
  defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    optOut,
  })

/** Ada and a few others, linked and in sync; Ada is on two lists. */
const withLists = async (optOut: OptOut = {}, others = 3, definition = definitionWith(optOut)) => {
  const world = createWorld({ definition })
  const { lists, contactLists } = world.clients.activeCampaign
  const made = async (name: string) => {
    const more = { stringid: name, sender_url: 'https://example.com', sender_reminder: 'You signed up.' }
    return (await lists.create({ name, ...more })).id
  }
  const [news, offers] = [await made('news'), await made('offers')]
  world.dynamics.insert('contact', { contactid: ada, emailaddress1: 'ada@example.com', firstname: 'Ada' })
  for (let n = 0; n < others; n += 1)
    world.dynamics.insert('contact', { emailaddress1: `other${n}@example.com`, firstname: 'Other' })
  await syncOnce(world.sync)
  const idOf = (email: string) => world.activeCampaign.contacts().find((one) => one.email === email)?.id ?? ''
  const contact = idOf('ada@example.com')
  for (const { id } of world.activeCampaign.contacts())
    await contactLists.subscribe({ contact: id, list: news })
  await contactLists.subscribe({ contact, list: offers })
  await syncOnce(world.sync)
  return { ...world, news, offers, contact, idOf }
}

type World = Awaited<ReturnType<typeof withLists>>

const kindsOf = ({ plan }: Awaited<ReturnType<typeof syncOnce>>) => plan.actions.map(({ kind }) => kind)
const optedOut = ({ dynamics }: World) => dynamics.row('contact', ada)?.donotbulkemail === true
const statusesOf = ({ activeCampaign, contact }: World) =>
  Object.values(activeCampaign.contacts().find(({ id }) => id === contact)?.lists ?? {})
const expectQuiet = async ({ sync }: World) => expect((await sync.plan()).actions).toEqual([])

test('two who meet for the first time: the plan that links them unsubscribes who opted out', async () => {
  const world = createWorld({ definition: definitionWith() })
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  const contact = world.activeCampaign.insertContact({ email: 'ada@example.com', firstName: 'Ada' }).id
  world.activeCampaign.insert('contactLists', { contact, list, status: '1' })
  const row = { contactid: ada, emailaddress1: 'ada@example.com', firstname: 'Ada' }
  world.dynamics.insert('contact', { ...row, donotbulkemail: true })
  const { report } = await syncOnce(world.sync)
  expect(report.outcomes.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'link-records done',
    'unsubscribe-active-campaign-contact done',
  ])
  expect(world.activeCampaign.contacts()).toMatchObject([{ lists: { [list]: '2' } }])
  expect((await world.sync.plan()).actions).toEqual([])
})

describe('from ActiveCampaign to D365', () => {
  test('who leaves the last list is opted out, and not before', async () => {
    const world = await withLists()
    world.activeCampaign.unsubscribe(world.contact, world.news)
    expect(kindsOf(await syncOnce(world.sync))).toEqual([])
    expect(optedOut(world)).toBe(false)
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions).toMatchObject([
      { kind: 'update-dynamics-record', changes: [{ field: 'donotbulkemail', after: true }] },
    ])
    expect(optedOut(world)).toBe(true)
    await expectQuiet(world)
  })

  test('mail that bounces counts as leaving', async () => {
    const world = await withLists({ lists: 'all' })
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    const rows = world.activeCampaign.rows('contactLists')
    const membership = rows.find(({ contact, list }) => contact === world.contact && list === world.news)
    world.activeCampaign.update('contactLists', String(membership?.id), { status: '3' })
    await syncOnce(world.sync)
    expect(statusesOf(world)).toContain('3')
    expect(optedOut(world)).toBe(true)
    await expectQuiet(world)
  })

  test.each([false, true])(
    'who signs up and leaves while contacts are read is opted out; full: %s',
    async (full) => {
      const world = await withLists({}, 1)
      const eve = '22222222-2222-4222-8222-222222222222'
      // Between the list of contacts and the look at who is off a list.
      const signUpAndLeave = () => {
        const { id } = world.activeCampaign.insertContact({ email: 'eve@example.com', firstName: 'Eve' })
        world.activeCampaign.insert('contactLists', { contact: id, list: world.news, status: '2' })
      }
      world.activeCampaign.faults.next(
        { kind: 'meanwhile', run: signUpAndLeave },
        { method: 'GET', url: /\/lists\b/ },
      )
      await world.sync.run({ full })
      world.dynamics.insert('contact', { contactid: eve, emailaddress1: 'eve@example.com', firstname: 'Eve' })
      await world.sync.run()
      expect(world.dynamics.row('contact', eve)?.donotbulkemail).toBe(true)
      await expectQuiet(world)
    },
  )

  test('only the lists that take part count', async () => {
    const world = await withLists({ lists: ['2'] })
    world.activeCampaign.unsubscribe(world.contact, world.news)
    await syncOnce(world.sync)
    expect(optedOut(world)).toBe(world.news === '2')
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    await syncOnce(world.sync)
    expect(optedOut(world)).toBe(true)
    await expectQuiet(world)
  })

  test.each(['off', 'outbound'] as const)('nothing flows when the direction is %s', async (direction) => {
    const world = await withLists({ direction })
    world.activeCampaign.unsubscribe(world.contact, world.news)
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    expect(kindsOf(await syncOnce(world.sync))).toEqual([])
    expect(optedOut(world)).toBe(false)
  })

  test('whoever subscribed again since is not opted out by what was remembered', async () => {
    const world = await withLists()
    world.activeCampaign.unsubscribe(world.contact, world.news)
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    await syncOnce(world.sync)
    // A person of D365 allows mail again, and the contact signs up again: both without a trace in ActiveCampaign's times.
    const { contactLists } = world.clients.activeCampaign
    await contactLists.subscribe({ contact: world.contact, list: world.news }, { resubscribe: true })
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    expect(kindsOf(await syncOnce(world.sync))).not.toContain('update-dynamics-record')
    expect(optedOut(world)).toBe(false)
    await expectQuiet(world)
  })

  test('a write that was lost on its way back is found to be done', async () => {
    const world = await withLists()
    world.activeCampaign.unsubscribe(world.contact, world.news)
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    const plan = await world.sync.plan()
    world.dynamics.faults.next({ kind: 'cut', when: 'after' }, { method: 'PATCH' })
    await world.sync.apply(plan)
    expect(optedOut(world)).toBe(true)
    for (let run = 0; run < 2; run += 1) await syncOnce(world.newSync())
    expect(optedOut(world)).toBe(true)
    await expectQuiet(world)
  })

  test('a run in which nobody left costs the same however many contacts there are', async () => {
    const callsOf = async (others: number) => {
      const world = await withLists({}, others)
      world.activeCampaign.unsubscribe(world.idOf('other0@example.com'), world.news)
      await world.clock.sleep(3_600_000)
      await syncOnce(world.sync)
      await world.sync.plan()
      const before = world.activeCampaign.calls.total
      await world.sync.plan()
      return world.activeCampaign.calls.total - before
    }
    expect(await callsOf(20)).toBe(await callsOf(2))
  })
})

describe('from D365 to ActiveCampaign', () => {
  test('who does not want mail is unsubscribed from every list, also when the answer is lost', async () => {
    const world = await withLists()
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    const plan = await world.sync.plan()
    expect(plan.actions.map(({ kind }) => kind)).toEqual(['unsubscribe-active-campaign-contact'])
    world.activeCampaign.faults.next({ kind: 'cut', when: 'after' }, { method: 'POST' })
    await world.sync.apply(plan)
    for (let run = 0; run < 2; run += 1) await syncOnce(world.newSync())
    expect(statusesOf(world)).toEqual(['2', '2'])
    await expectQuiet(world)
  })

  test('nobody is subscribed again because D365 allows it', async () => {
    const world = await withLists()
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    for (let run = 0; run < 2; run += 1) await syncOnce(world.sync)
    expect(statusesOf(world)).toEqual(['2', '2'])
    expect(optedOut(world)).toBe(true)
    await expectQuiet(world)
  })

  test('unless the definition says so in as many words', async () => {
    const world = await withLists({ resubscribe })
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    await syncOnce(world.sync)
    expect(statusesOf(world)).toEqual(['1', '1'])
    await expectQuiet(world)
  })

  test('and who was put back on lists is taken off them again by an undo', async () => {
    const world = await withLists({ resubscribe })
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions).toMatchObject([{ kind: 'resubscribe-active-campaign-contact' }])
    const { outcomes } = await world.sync.apply(await world.sync.undo({ planId: plan.id }))
    expect(outcomes).toMatchObject([{ kind: 'unsubscribe-active-campaign-contact', status: 'done' }])
    expect(statusesOf(world)).toEqual(['2', '2'])
    for (let run = 0; run < 2; run += 1) await syncOnce(world.sync, { full: true })
    expect(statusesOf(world)).toEqual(['2', '2'])
    expect(optedOut(world)).toBe(false)
    await expectQuiet(world)
  })

  test.each([
    ['one of two lists', false],
    ['the only list', true],
  ])(
    'who signs up again for %s while D365 says no is unsubscribed by the next full read',
    async (_, only) => {
      const world = await withLists()
      if (only) {
        const { activeCampaign, contact, offers } = world
        const own = activeCampaign
          .rows('contactLists')
          .find((row) => row.contact === contact && row.list === offers)
        activeCampaign.remove('contactLists', String(own?.id))
      }
      world.dynamics.update('contact', ada, { donotbulkemail: true })
      await syncOnce(world.sync)
      const { contactLists } = world.clients.activeCampaign
      await contactLists.subscribe({ contact: world.contact, list: world.news }, { resubscribe: true })
      await syncOnce(world.sync, { full: true })
      expect(statusesOf(world)).toEqual(only ? ['2'] : ['2', '2'])
      await expectQuiet(world)
    },
  )
})

describe('what the sync itself unsubscribed', () => {
  const leaving = () =>
    defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        scope: { lastname: { not: 'Out' } },
        leaving: 'unsubscribe',
        fields: [...standardMappings.contacts],
      },
    })

  test('is no opt-out of a person whose row left and returns', async () => {
    const world = await withLists({}, 3, leaving())
    world.dynamics.update('contact', ada, { lastname: 'Out' })
    await syncOnce(world.sync)
    expect(statusesOf(world)).toEqual(['2', '2'])
    world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
    for (let run = 0; run < 2; run += 1) await syncOnce(world.sync, { full: true })
    expect(optedOut(world)).toBe(false)
    expect(statusesOf(world)).toEqual(['2', '2'])
    await expectQuiet(world)
  })

  test.each([true, false])(
    'is no opt-out either where the next list was refused at first (read meanwhile: %s)',
    async (full) => {
      const world = await withLists({}, 3, leaving())
      world.dynamics.update('contact', ada, { lastname: 'Out' })
      const refuse = () =>
        world.activeCampaign.faults.each(
          { kind: 'status', status: 403 },
          { operation: 'contactLists.create' },
        )
      world.activeCampaign.faults.next(
        { kind: 'meanwhile', run: () => void refuse() },
        { operation: 'contactLists.create' },
      )
      await syncOnce(world.sync)
      expect(statusesOf(world)).toEqual(['2', '1'])
      world.activeCampaign.faults.clear()
      await syncOnce(world.sync, { full })
      expect(statusesOf(world)).toEqual(['2', '2'])
      world.dynamics.update('contact', ada, { lastname: 'Lovelace' })
      for (let run = 0; run < 2; run += 1) await syncOnce(world.sync, { full: true })
      expect(optedOut(world)).toBe(false)
      await expectQuiet(world)
    },
  )

  test('is all that comes back when D365 allows e-mail again', async () => {
    const world = await withLists({ direction: 'outbound', resubscribe })
    world.activeCampaign.unsubscribe(world.contact, world.offers)
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    await syncOnce(world.sync)
    expect(statusesOf(world)).toEqual(['1', '2'])
    await expectQuiet(world)
  })
})

test('a second row with the address opts out, and speaks for nobody', async () => {
  const world = await withLists()
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', donotbulkemail: true })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions).toMatchObject([
    {
      kind: 'unsubscribe-active-campaign-contact',
      dynamicsId: ada,
      because: expect.stringMatching(/has the same address, and opted out/),
    },
  ])
  expect(statusesOf(world)).toEqual(['2', '2'])
  expect(optedOut(world)).toBe(false)
  await expectQuiet(world)
})

test('a contact that left its lists becomes a row that says so from the beginning', async () => {
  const world = createWorld({
    definition: defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        fields: [...standardMappings.contacts],
      },
    }),
  })
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  const contact = world.activeCampaign.insertContact({ email: 'bea@example.com', firstName: 'Bea' }).id
  world.activeCampaign.insert('contactLists', { contact, list, status: '2' })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['create-dynamics-record'])
  expect(world.dynamics.rows('contact')).toMatchObject([{ donotbulkemail: true }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a list that is deleted while who left it is being read leaves its place to no other list', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    optOut: { direction: 'bidirectional' },
  })
  const world = peopled(6, { definition, pageLimit: 2 })
  const [first = '', second = ''] = ['News', 'Offers'].map((name) =>
    String(world.activeCampaign.insert('lists', { name }).id),
  )
  await world.sync.run({ full: true })
  const people = world.activeCampaign.contacts().map(({ id }) => id)
  const off = (list: string, some: readonly number[]): void => {
    for (const index of some)
      world.activeCampaign.insert('contactLists', { contact: people[index] ?? '', list, status: '2' })
  }
  off(first, [1, 3, 4, 5])
  off(second, [0, 2, 4, 5])
  const { faults } = world.activeCampaign
  faults.each({ kind: 'status', status: 500 }, { url: /listid/, followUpPage: true })
  await expect(world.sync.run()).rejects.toThrow()
  faults.clear()
  world.activeCampaign.remove('lists', first)
  await world.sync.run()
  await world.sync.run()
  const left = world.dynamics.rows('contact').filter(({ donotbulkemail }) => donotbulkemail === true)
  const addresses = left.map(({ emailaddress1 }) => emailaddress1)
  const expected = [0, 2, 4, 5].map((index) => world.activeCampaign.contacts()[index]?.email)
  expect(addresses).toEqual(expect.arrayContaining(expected))
})

test('a later page that counts as many as were off the list before does not end the look at who left it', async () => {
  const definition = defineSync(schema, {
    contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    optOut: { direction: 'bidirectional' },
  })
  const world = peopled(4, { definition, pageLimit: 2 })
  const list = String(world.activeCampaign.insert('lists', { name: 'News' }).id)
  await world.sync.run()
  const memberships = world.activeCampaign
    .contacts()
    .map(({ id: contact }) => world.activeCampaign.insert('contactLists', { contact, list, status: '1' }))
  const leave = (some: typeof memberships): void => {
    for (const { id } of some) world.activeCampaign.update('contactLists', String(id), { status: '2' })
  }
  await world.sync.run({ full: true })
  leave(memberships.slice(0, 2))
  await world.sync.run()
  leave(memberships.slice(2))
  // Two sign up again while the list is read.
  world.activeCampaign.faults.next(
    {
      kind: 'rewrite',
      change: (answer) => ({ ...answer, body: (answer.body ?? '').replace('"total":"4"', '"total":"2"') }),
    },
    { url: /id_greater=2\b.*listid|listid.*id_greater=2\b/ },
  )
  await world.sync.run()
  const optedOut = world.dynamics.rows('contact').filter(({ donotbulkemail }) => donotbulkemail === true)
  expect(optedOut).toHaveLength(4)
})

test('a list that a person was put back on is theirs, although the next list refuses them again and again', async () => {
  const world = await withLists({ resubscribe })
  const { contact, news, offers } = world
  const lists = () => world.activeCampaign.contacts().find(({ id }) => id === contact)?.lists
  world.dynamics.update('contact', ada, { donotbulkemail: true })
  await syncOnce(world.sync)
  world.dynamics.update('contact', ada, { donotbulkemail: false })
  const refuse = () =>
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'contactLists.create' })
  // The first list is done, the second one is not.
  world.activeCampaign.faults.next(
    { kind: 'meanwhile', run: () => void refuse() },
    { operation: 'contactLists.create' },
  )
  await syncOnce(world.sync)
  expect(lists()).toMatchObject({ [news]: '1', [offers]: '2' })
  await syncOnce(world.sync)
  world.activeCampaign.unsubscribe(contact, news)
  world.activeCampaign.faults.clear()
  await syncOnce(world.sync)
  expect(lists()).toMatchObject({ [news]: '2', [offers]: '1' })
})

describe('a plan from before subscribes nobody again', () => {
  /** Ada was unsubscribed by the sync, and D365 allows e-mail again. */
  const allowedAgain = async (direction: 'bidirectional' | 'outbound') => {
    const world = await withLists({ direction, resubscribe })
    world.dynamics.update('contact', ada, { donotbulkemail: true })
    await syncOnce(world.sync)
    world.dynamics.update('contact', ada, { donotbulkemail: false })
    const plan = await world.sync.plan()
    expect(plan.actions).toMatchObject([{ kind: 'resubscribe-active-campaign-contact' }])
    return { ...world, plan }
  }

  test.each(['bidirectional', 'outbound'] as const)(
    'who left since by themselves (%s)',
    async (direction) => {
      const world = await allowedAgain(direction)
      await syncOnce(world.sync)
      expect(statusesOf(world)).toEqual(['1', '1'])
      for (const list of [world.news, world.offers]) world.activeCampaign.unsubscribe(world.contact, list)
      await world.sync.apply(world.plan)
      expect(statusesOf(world)).toEqual(['2', '2'])
    },
  )

  test('of whom another row opted out since', async () => {
    const world = await allowedAgain('bidirectional')
    world.dynamics.insert('contact', { emailaddress1: 'ADA@example.com', donotbulkemail: true })
    await world.sync.apply(world.plan)
    expect(statusesOf(world)).toEqual(['2', '2'])
  })
})
