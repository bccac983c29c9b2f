/** The tags of ActiveCampaign's own app, read and written through both simulators. */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const lead = '33333333-3333-4333-8333-333333333333'

const definitionWith = (tags: { readonly write: boolean }) =>
  defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'tagged',
      fields: [...standardMappings.contacts],
    },
    leads: { direction: 'bidirectional', createInDynamics: 'tagged', fields: [...standardMappings.leads] },
    tags,
  })

const writing = definitionWith({ write: true })

const tagsOf = ({ activeCampaign }: ReturnType<typeof createWorld>) =>
  activeCampaign.contacts().map(({ tags }) => [...tags].sort((a, b) => (a < b ? -1 : 1)))
const kindsOf = ({ plan }: Awaited<ReturnType<typeof syncOnce>>) => plan.actions.map(({ kind }) => kind)

const pushed = ['[D365: Contact]', '[D365: Pushed from Dynamics]']

test('a contact that comes from D365 is tagged with its creation, and there is no echo', async () => {
  const world = createWorld({ definition: writing })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', firstname: 'Ada' })
  expect(kindsOf(await syncOnce(world.sync))).toEqual(['create-active-campaign-contact'])
  expect(tagsOf(world)).toEqual([pushed])
  for (let run = 0; run < 2; run += 1) {
    await world.clock.sleep(3_600_000)
    expect((await world.sync.plan()).actions).toEqual([])
  }
})

test('so are those that bulk import makes', async () => {
  const world = createWorld({ definition: writing })
  for (let n = 0; n < 12; n += 1)
    world.dynamics.insert('contact', { emailaddress1: `p${n}@example.com`, firstname: 'P' })
  for (let run = 0; run < 3; run += 1) {
    await syncOnce(world.sync)
    await world.clock.sleep(60_000)
  }
  expect(world.activeCampaign.calls.byOperation['import.start'] ?? 0).toBeGreaterThan(0)
  expect(world.activeCampaign.calls.byOperation['contactTags.create'] ?? 0).toBe(0)
  expect(tagsOf(world)).toEqual(Array.from({ length: 12 }, () => pushed))
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a contact that becomes a row is tagged as pulled; its own tag stays', async () => {
  const world = createWorld({ definition: writing })
  const tags = ['[D365: Contact]', 'VIP']
  world.activeCampaign.insertContact({ email: 'max@example.com', lastName: 'Max', tags })
  expect(kindsOf(await syncOnce(world.sync))).toEqual(['add-active-campaign-tags', 'create-dynamics-record'])
  expect(tagsOf(world)).toEqual([['VIP', '[D365: Contact]', '[D365: Pulled from ActiveCampaign]']])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a pair that meets is tagged; one that the official app tagged is left as it is', async () => {
  const world = createWorld({ definition: writing })
  for (const email of ['ada@example.com', 'bea@example.com'])
    world.dynamics.insert('contact', { emailaddress1: email })
  world.activeCampaign.insertContact({ email: 'ada@example.com' })
  const tags = ['[D365: Contact]', '[D365: Pulled from ActiveCampaign]']
  world.activeCampaign.insertContact({ email: 'bea@example.com', tags })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions.filter(({ kind }) => kind === 'add-active-campaign-tags')).toMatchObject([
    { title: 'ada@example.com', tags: pushed },
  ])
  expect(tagsOf(world)).toEqual([pushed, tags])
})

test('what came from D365 is not made there again, as the official app has it', async () => {
  const world = createWorld({ definition: writing })
  world.activeCampaign.insertContact({ email: 'gone@example.com', tags: pushed })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions).toEqual([])
  expect(plan.skips.map(({ reason }) => reason.code)).toContain('not-asked-for')
  expect(world.dynamics.rows('contact')).toEqual([])
})

test('qualification adds the tag of a contact', async () => {
  const world = createWorld({ definition: writing })
  world.dynamics.insert('lead', { leadid: lead, subject: 'Demo', emailaddress1: 'lea@example.com' })
  await syncOnce(world.sync)
  expect(tagsOf(world)).toEqual([['[D365: Lead]', '[D365: Pushed from Dynamics]']])
  await world.clients.dynamics.qualifyLead(lead, {
    createContact: true,
    createAccount: false,
    createOpportunity: false,
  })
  await syncOnce(world.sync)
  expect(tagsOf(world)).toEqual([['[D365: Contact]', '[D365: Lead]', '[D365: Pushed from Dynamics]']])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('nothing is tagged unless the definition says so', async () => {
  const world = createWorld({ definition: definitionWith({ write: false }) })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com', firstname: 'Ada' })
  await syncOnce(world.sync)
  expect(tagsOf(world)).toEqual([[]])
  expect(world.activeCampaign.rows('tags')).toEqual([])
})

test('a tag whose answer was lost is found to be there', async () => {
  const world = createWorld({ definition: writing })
  world.dynamics.insert('contact', { emailaddress1: 'ada@example.com' })
  world.activeCampaign.insertContact({ email: 'ada@example.com' })
  const plan = await world.sync.plan()
  world.activeCampaign.faults.next({ kind: 'cut', when: 'after' }, { method: 'POST' }, 2)
  await world.sync.apply(plan)
  for (let run = 0; run < 2; run += 1) await syncOnce(world.newSync())
  expect(tagsOf(world)).toEqual([pushed])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a tag may ask for rows by criteria', async () => {
  const world = createWorld({
    definition: defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        inboundScope: { tags: { hasAny: ['Customer'] } },
        fields: [...standardMappings.contacts],
      },
    }),
  })
  world.activeCampaign.insertContact({ email: 'max@example.com', lastName: 'Max', tags: ['Customer'] })
  world.activeCampaign.insertContact({ email: 'eve@example.com', lastName: 'Eve', tags: ['Other'] })
  await syncOnce(world.sync)
  expect(world.dynamics.rows('contact')).toMatchObject([{ emailaddress1: 'max@example.com' }])
})

test.each([
  ['has', { tags: { hasAny: ['customer'] } }, ['max@example.com']],
  ['has not', { tags: { hasNone: ['customer'] } }, ['eve@example.com']],
] as const)(
  'who %s a tag is told whatever its case, as criteria compare names',
  async (_, inboundScope, made) => {
    const world = createWorld({
      definition: defineSync(schema, {
        contacts: {
          direction: 'bidirectional',
          createInDynamics: 'all',
          inboundScope,
          fields: [...standardMappings.contacts],
        },
      }),
    })
    world.activeCampaign.insertContact({ email: 'max@example.com', lastName: 'Max', tags: ['Customer'] })
    world.activeCampaign.insertContact({
      email: 'eve@example.com',
      lastName: 'Eve',
      tags: ['Customer of others'],
    })
    await syncOnce(world.sync)
    expect(world.dynamics.rows('contact').map(({ emailaddress1 }) => emailaddress1)).toEqual(made)
  },
)
