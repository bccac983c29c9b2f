import { compileDefinition, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { invertPlan, linkIdFor, planBatch } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

const linkedPair = () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', jobtitle: 'Nurse' })
  applyPlan(world, planWorld(world, definition))
  return world
}

test('a new row gets its contact, and then nothing is left', () => {
  const world = linkedPair()
  expect([...world.contacts.values()].map(({ fields }) => fields)).toEqual([
    { email: 'ana@example.com', firstName: 'Ana', POSITION: 'Nurse' },
  ])
  expect(planWorld(world, definition)).toMatchObject({
    actions: [],
    holds: [],
    skips: [],
    counts: { records: 1, planned: 0, unchanged: 1, held: 0, skipped: 0 },
  })
})

test('a pair that agrees is linked without a call', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'Ana@Example.com', firstname: 'Ana' })
  putContact(world, '7', { email: 'ana@example.com', firstName: 'Ana' })
  const plan = planWorld(world, definition)
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['link-records'])
  expect(plan.cost.calls).toEqual({ dynamics: 0, activeCampaign: 0 })
  expect(plan.counts).toMatchObject({ records: 1, planned: 1 })
})

test('a pair that differs is linked, its blanks are filled, and what differs is held', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', lastname: 'Novak' })
  putContact(world, '7', { email: 'ana@example.com', firstName: 'Anna' })
  const plan = planWorld(world, definition)
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['link-records', 'update-active-campaign-contact'])
  expect(plan.holds).toMatchObject([{ field: 'firstname:firstName', reason: { code: 'first-link-differs' } }])
  expect(plan.conflicts).toMatchObject([
    { dynamics: 'Ana', activeCampaign: 'Anna', winner: 'held', base: null },
  ])
})

test('a field that changed on both sides is a conflict that its policy decides', () => {
  const world = linkedPair()
  const [contact] = [...world.contacts.values()]
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Anna', jobtitle: 'Nurse' })
  putContact(world, contact?.id ?? '', { ...contact?.fields, firstName: 'Anne' })
  const plan = planWorld(world, definition)
  expect(plan.conflicts).toMatchObject([{ dynamics: 'Anna', activeCampaign: 'Anne', winner: 'dynamics' }])
  expect(plan.actions).toMatchObject([
    {
      kind: 'update-active-campaign-contact',
      changes: [{ before: 'Anne', after: 'Anna', reason: { code: 'conflict-dynamics-wins' } }],
    },
  ])
})

test('two rows with one e-mail are held, each naming the other', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  putRow(world, 'd2', { emailaddress1: 'ANA@example.com' })
  const plan = planWorld(world, definition)
  expect(plan.actions).toEqual([])
  expect(plan.holds).toMatchObject([
    { dynamicsId: 'd1', reason: { code: 'shared-key' }, candidates: [{ id: 'd2' }] },
    { dynamicsId: 'd2', reason: { code: 'shared-key' }, candidates: [{ id: 'd1' }] },
  ])
  expect(plan.counts).toEqual({ records: 2, planned: 0, unchanged: 0, held: 2, skipped: 0 })
})

test('a value the other side cannot take holds its field and not the record', () => {
  const world = linkedPair()
  const [contact] = [...world.contacts.values()]
  putContact(world, contact?.id ?? '', { ...contact?.fields, CHILDREN: 'many', firstName: 'Anna' })
  const plan = planWorld(world, definition)
  expect(plan.holds).toMatchObject([{ field: 'numberofchildren:CHILDREN', reason: { code: 'bad-value' } }])
  expect(plan.actions).toMatchObject([{ kind: 'update-dynamics-record', changes: [{ after: 'Anna' }] }])
})

test.each([
  ['no e-mail', { firstname: 'Ana' }, 'skip', 'no-match-key'],
  ['an e-mail that is none', { emailaddress1: 'ana at example' }, 'hold', 'malformed-key'],
])('a row with %s is left aside with its reason', (_, fields, kind, code) => {
  const world = emptyWorld()
  putRow(world, 'd1', fields)
  const plan = planWorld(world, definition)
  const found = [
    ...plan.skips.map(({ reason }) => ['skip', reason.code]),
    ...plan.holds.map(({ reason }) => ['hold', reason.code]),
  ]
  expect(found).toEqual([[kind, code]])
  expect(plan.counts.records).toBe(1)
})

test('a contact that only ActiveCampaign has becomes a row only where that is asked for', () => {
  const created = (createInDynamics: 'never' | 'tagged' | 'all', tags: readonly string[]) => {
    const world = emptyWorld()
    putContact(world, '7', { email: 'ana@example.com', firstName: 'Ana' }, { tags, lists: [] })
    return planWorld(world, contactsDefinition({ createInDynamics })).actions.length === 1
  }
  expect(created('never', ['[D365: Contact]'])).toBe(false)
  expect(created('tagged', [])).toBe(false)
  expect(created('tagged', ['[D365: Contact]'])).toBe(true)
  expect(created('all', [])).toBe(true)
})

test('what is gone and was never linked leaves nothing to do', () => {
  const gone = { id: '7', deleted: true } as const
  const records = [{ dynamics: gone }, { activeCampaign: gone }]
  const plan = planBatch({ ...inputOf(emptyWorld(), definition), records })
  expect(plan).toMatchObject({ actions: [], skips: [], holds: [], needs: [], counts: { records: 0 } })
})

test('what the definition does not cover is refused', () => {
  const input = inputOf(emptyWorld(), definition)
  expect(() => planBatch({ ...input, entity: 'leads' })).toThrow(
    new RangeError('The definition does not cover leads.'),
  )
})

test('what is not known is asked for, and its record waits', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'Ana@example.com' })
  const plan = planBatch({ ...inputOf(world, definition), candidates: {} })
  expect(plan.needs).toEqual([{ kind: 'key-holders', entity: 'contacts', key: 'email:ana@example.com' }])
  expect(plan.holds).toMatchObject([
    {
      dynamicsId: 'd1',
      reason: { code: 'not-known-yet', message: 'Nobody has looked yet who else has this key.' },
      resolve: ['Look it up and plan again.'],
    },
  ])
})

test('who else has what a later rule looks at is asked for, and the record waits', () => {
  const byNumber = contactsDefinition({
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
    ],
  })
  const world = emptyWorld()
  putRow(world, 'd1', { firstname: 'Ana', governmentid: '7' })
  const plan = planBatch({ ...inputOf(world, byNumber), candidates: {} })
  expect(plan.needs).toEqual([{ kind: 'key-holders', entity: 'contacts', key: 'ID_NUMBER:7' }])
  expect(plan.holds).toMatchObject([{ dynamicsId: 'd1', reason: { code: 'not-known-yet' } }])
})

test('tags that have not been read are asked for where they would be written', () => {
  const world = linkedPair()
  for (const [id, { tags: _, ...contact }] of world.contacts) world.contacts.set(id, contact)
  expect(planWorld(world, definition).needs).toEqual([])
  const plan = planWorld(world, contactsDefinition({ tags: { write: true } }))
  const [contact] = world.contacts.keys()
  expect(plan.needs).toEqual([{ kind: 'active-campaign-tags', entity: 'contacts', id: contact }])
  expect(plan).toMatchObject({ actions: [], counts: { records: 1, unchanged: 1 } })
})

test('of many who share a key, each hold names ten', () => {
  const world = emptyWorld()
  for (let n = 0; n < 12; n += 1) putRow(world, `d${n}`, { emailaddress1: 'none@example.com' })
  const { holds } = planWorld(world, definition)
  expect(holds.map(({ candidates }) => candidates.length)).toEqual(Array.from({ length: 12 }, () => 10))
})

test('a field that is mapped since is remembered, also where both sides are blank', () => {
  const world = linkedPair()
  for (const side of ['dynamics', 'activeCampaign'] as const) {
    const name = { dynamics: 'lastname', activeCampaign: 'lastName' }[side]
    for (const [id, link] of world.links) {
      const { [name]: _, ...known } = link.base[side]
      world.links.set(id, { ...link, base: { ...link.base, [side]: known } })
    }
    const plan = planWorld(world, definition)
    expect(plan.actions).toMatchObject([{ kind: 'link-records' }])
    applyPlan(world, plan)
    expect(planWorld(world, definition).counts.unchanged).toBe(1)
  }
})

test('a contact that was made again finds its row, also where it alone is new', () => {
  const world = linkedPair()
  world.contacts.clear()
  putContact(world, '9', { email: 'ana@example.com', firstName: 'Ana', POSITION: 'Nurse' })
  const input = inputOf(world, definition)
  const records = input.records.filter(({ link }) => link === undefined)
  expect(planBatch({ ...input, records }).actions).toMatchObject([
    { kind: 'move-link', dynamicsId: 'd1', activeCampaignId: '9' },
  ])
})

test('e-mails that were passed on are given back in the other order', () => {
  const world = emptyWorld()
  const emails = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']
  const put = (shift: number) => {
    for (const n of [0, 1, 2]) putRow(world, `d${n}`, { emailaddress1: emails[n + shift] ?? null })
  }
  put(0)
  applyPlan(world, planWorld(world, definition))
  put(1)
  const plan = planWorld(world, definition)
  expect(plan.actions).toHaveLength(3)
  applyPlan(world, plan)
  applyPlan(world, invertPlan(plan))
  expect(new Set([...world.contacts.values()].map(({ fields }) => fields.email))).toEqual(
    new Set(emails.slice(0, 3)),
  )
})

test('of a column that two mappings read, the one that is held is not forgotten once the other is written', () => {
  const twice = contactsDefinition({
    fields: [
      map('emailaddress1', 'email'),
      map('jobtitle', 'POSITION', { direction: 'outbound' }),
      map('jobtitle', 'ID_NUMBER', {
        direction: 'outbound',
        via: [{ name: 'e164', with: { region: 'DE' } }],
      }),
    ],
  })
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', jobtitle: '+49 30 901820' })
  applyPlan(world, planWorld(world, twice))
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', jobtitle: 'Nurse' })
  const first = planWorld(world, twice)
  expect(first.actions.flatMap(({ changes }) => changes)).toMatchObject([
    { field: 'POSITION', after: 'Nurse' },
  ])
  applyPlan(world, first)
  const second = planWorld(world, twice)
  expect(second.actions).toEqual([])
  expect(second.holds).toEqual(first.holds)
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', jobtitle: '+49 30 901821' })
  applyPlan(world, planWorld(world, twice))
  expect([...world.contacts.values()][0]?.fields.ID_NUMBER).toBe('+4930901821')
  expect(planWorld(world, twice).actions).toEqual([])
})

test('a linked lead waits until it is known whether a contact speaks for its person', () => {
  const both = compileDefinition(
    {
      version: 1,
      leads: { direction: 'bidirectional', fields: standardMappings.leads },
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts },
    },
    standardSchema,
  )
  const [dynamics, activeCampaign] = [{ emailaddress1: 'ana@example.com' }, { email: 'ana@example.com' }]
  const link = {
    ...{ id: linkIdFor('leads', 'l1'), entity: 'leads' as const, dynamicsId: 'l1', activeCampaignId: '7' },
    base: { dynamics, activeCampaign },
  }
  const record = {
    link,
    dynamics: { id: 'l1', etag: 'W/"1"', fields: { ...dynamics, firstname: 'Ana' } },
    activeCampaign: { id: '7', fields: activeCampaign },
  }
  const input = {
    definition: both,
    entity: 'leads' as const,
    records: [record],
    settings: { tenant: 'contoso' },
  }
  const unknown = planBatch({ ...input, candidates: {} })
  expect(unknown.actions).toEqual([])
  expect(unknown.holds).toMatchObject([{ field: null, reason: { code: 'not-known-yet' } }])
  expect(unknown.needs).toEqual([{ kind: 'key-holders', entity: 'leads', key: 'email:ana@example.com' }])
  const alone = { dynamics: [], activeCampaign: [] }
  const known = planBatch({ ...input, candidates: { 'email:ana@example.com': alone } })
  expect(known.holds.map(({ field }) => field)).not.toContain(null)
  expect(known.actions).not.toEqual([])
})
