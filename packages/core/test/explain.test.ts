import { compileDefinition, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { explain, invertPlan, planBatch, type RecordRef, renderPlan } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { contactsDefinition } from './kit/definition.ts'
import { inputOf, planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow, type World } from './kit/world.ts'

const definition = contactsDefinition()

const accountsDefinition = () =>
  compileDefinition(
    { version: 1, accounts: { direction: 'bidirectional', fields: standardMappings.accounts } },
    standardSchema,
  )

const conflictingWorld = () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', governmentid: '1' })
  applyPlan(world, planWorld(world, definition))
  const [contact] = [...world.contacts.values()]
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Anna', governmentid: '2' })
  putContact(world, contact?.id ?? '', { ...contact?.fields, firstName: 'Anne', ID_NUMBER: '3' })
  return world
}

test('every rule that applied is a sentence, and sensitive values are masked', () => {
  const sentences = explain(planWorld(conflictingWorld(), definition), {
    entity: 'contacts',
    dynamicsId: 'd1',
  })
  expect(sentences).toEqual([
    'firstname:firstName: it was "Ana"; Dynamics 365 has "Anna", ActiveCampaign has "Anne". ' +
      'Changed on both sides; policy dynamicsWins. Dynamics 365 wins.',
    'governmentid:ID_NUMBER: it was (sensitive); Dynamics 365 has (sensitive), ActiveCampaign has (sensitive). ' +
      'Changed on both sides; policy dynamicsWins. Dynamics 365 wins.',
    'Will change the contact in ActiveCampaign: Dynamics 365 has what ActiveCampaign should have.',
    'firstName: "Anne" becomes "Anna". Changed on both sides; policy dynamicsWins.',
    'ID_NUMBER: (sensitive) becomes (sensitive). Changed on both sides; policy dynamicsWins.',
  ])
})

test('what nothing happens to is explained too', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { firstname: 'Ana' })
  const plan = planWorld(world, definition)
  expect(explain(plan, { entity: 'contacts', dynamicsId: 'd1' })).toEqual([
    'Skipped. emailaddress1 is blank.',
  ])
  expect(explain(plan, { entity: 'contacts', activeCampaignId: '9' })[0]).toMatch(/^Nothing to do/)
  expect(explain(plan, { entity: 'leads', dynamicsId: 'd1' })).toEqual(['The plan does not cover leads.'])
})

/** What is said of the one pair of a world, with what its plan was made from. */
const explained = (
  world: World,
  madeWith = definition,
  ref: RecordRef = { entity: 'contacts', dynamicsId: 'd1' },
) => {
  const [record] = inputOf(world, madeWith).records
  if (record === undefined) throw new Error('no record')
  return explain(planWorld(world, madeWith), ref, { definition: madeWith, record })
}

/** Ana in sync; then one side changes as told. */
const anaWith = (row: object, contact: object, madeWith = definition): World => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana' })
  applyPlan(world, planWorld(world, madeWith))
  const [made] = [...world.contacts.values()]
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', ...row })
  putContact(world, made?.id ?? '', { ...made?.fields, ...contact })
  return world
}

const kept = (rule: string) => [
  `firstname:firstName stays as it is: Dynamics 365 has (blank), ActiveCampaign has "Ana". ${rule}`,
]

test('two that agree are in sync', () => {
  expect(explained(anaWith({}, {}))).toEqual(['In sync: the two sides agree in every mapped field.'])
})

test('what a blank policy keeps is not called in sync, and its rule is named', () => {
  expect(explained(anaWith({ firstname: null }, {}))).toEqual(
    kept('A blank overwrites nothing (blank: ignoreBlank).'),
  )
  const onlyIfEmpty = contactsDefinition({
    fields: [map('emailaddress1', 'email'), map('firstname', 'firstName', { blank: 'onlyIfEmpty' })],
  })
  expect(explained(anaWith({ firstname: 'Anna' }, {}, onlyIfEmpty), onlyIfEmpty)).toEqual([
    'firstname:firstName stays as it is: Dynamics 365 has "Anna", ActiveCampaign has "Ana". ' +
      'Only what is empty is filled (blank: onlyIfEmpty).',
  ])
})

test('what differed when the two were linked, or since an undo, is told too', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: null })
  putContact(world, '1', { email: 'ana@example.com', firstName: 'Ana' })
  const inbound = contactsDefinition({
    fields: [map('emailaddress1', 'email'), map('firstname', 'firstName', { direction: 'outbound' })],
  })
  applyPlan(world, planWorld(world, inbound))
  expect(explained(world, inbound)).toEqual(kept('A blank overwrites nothing (blank: ignoreBlank).'))

  const undone = anaWith({ firstname: 'Anna' }, {})
  const plan = planWorld(undone, definition)
  applyPlan(undone, plan)
  applyPlan(undone, invertPlan(plan))
  expect(explained(undone)).toEqual([
    'firstname:firstName stays as it is: Dynamics 365 has "Anna", ActiveCampaign has "Ana". ' +
      'They were left to differ when they were last remembered, and neither has changed since.',
  ])
})

test('a field that is mapped later, and kept, is not said to have become the same', () => {
  const before = contactsDefinition({ fields: [map('emailaddress1', 'email')] })
  const world = anaWith({ jobtitle: null }, { POSITION: 'Buyer' }, before)
  const outbound = map('jobtitle', 'POSITION', { direction: 'outbound' })
  const later = contactsDefinition({ fields: [map('emailaddress1', 'email'), outbound] })
  expect(explained(world, later)).toEqual([
    'Will remember as in sync: The two agree, but for what a blank policy keeps as it is on each side.',
    'jobtitle:POSITION stays as it is: Dynamics 365 has (blank), ActiveCampaign has "Buyer". ' +
      'A blank overwrites nothing (blank: ignoreBlank).',
  ])
})

test('sensitive values that stay are masked, and what the plan does about a field is told once', () => {
  const sentences = explained(anaWith({ governmentid: '1977', firstname: null }, { lastName: 'Ash' }))
  expect(sentences.join()).not.toContain('1977')
  expect(sentences.filter((sentence) => sentence.includes('firstName'))).toHaveLength(1)
  expect(sentences.filter((sentence) => sentence.includes('lastname'))).toEqual([
    'lastname: (blank) becomes "Ash". lastName changed in ActiveCampaign.',
  ])
})

test('a first link that a policy decides has not changed on both sides', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana' })
  putContact(world, '1', { email: 'ana@example.com', firstName: 'Anna' })
  const reasonOf = (policies: Parameters<typeof map>[2]) => {
    const fields = [map('emailaddress1', 'email'), map('firstname', 'firstName', policies)]
    const plan = planWorld(world, contactsDefinition({ fields }), { firstLink: 'policy' })
    const reasons = [...plan.conflicts, ...plan.holds].map(({ reason }) => reason.message)
    return new Set([
      ...reasons,
      ...plan.actions.flatMap(({ changes }) => changes.map(({ reason }) => reason.message)),
    ])
  }
  const never = 'The two differ and were never in sync'
  expect(reasonOf({})).toEqual(new Set([`${never}; policy dynamicsWins.`]))
  expect(reasonOf({ conflict: 'hold' })).toEqual(new Set([`${never}; policy hold.`]))
  expect(reasonOf({ conflict: 'mostRecent' })).toEqual(
    new Set([`${never}, and it is not known which record changed last.`]),
  )
  expect(reasonOf({ direction: 'outbound' })).toEqual(
    new Set(['firstname flows from Dynamics 365 only; the two differ and were never in sync.']),
  )
})

test('a guard that stops the run is said before what would be done', () => {
  const world = anaWith({ firstname: 'Anna' }, {})
  putRow(world, 'd2', { firstname: 'Nobody' })
  const guarded = contactsDefinition({ guards: { maxChangedShare: 0.4, maxDeletes: 5 } })
  const plan = planWorld(world, guarded)
  expect(explain(plan, { entity: 'contacts', dynamicsId: 'd1' }).slice(0, 2)).toEqual([
    'Nothing is written: a guard stops the run. 1 of the 2 records of this plan would change (50 %); the limit is 40 %.',
    'Would change the contact in ActiveCampaign: Dynamics 365 has what ActiveCampaign should have.',
  ])
  expect(explain(plan, { entity: 'contacts', dynamicsId: 'd2' })).toEqual([
    'Skipped. emailaddress1 is blank.',
  ])
})

test('what is not known yet is named, by either id', () => {
  const world = anaWith({ donotbulkemail: true }, {})
  const [contact] = [...world.contacts.values()]
  const plan = planWorld(world, definition)
  expect(plan.needs).toHaveLength(1)
  const sentence =
    `Not known yet: the lists of contact ${contact?.id} in ActiveCampaign, and with them whether to unsubscribe. ` +
    'Once it is known, the record is planned again.'
  expect(explained(world)).toEqual([sentence])
  expect(explain(plan, { activeCampaignId: contact?.id ?? '', entity: 'contacts' })).toEqual([sentence])
  for (const format of ['text', 'markdown', 'html'] as const) {
    const shown = renderPlan(plan, format)
    expect(shown).toContain(`the lists of contact ${contact?.id} in ActiveCampaign`)
    expect(shown).not.toContain('Nothing to do.')
  }
})

const nothingToDo =
  'Nothing to do: it was not in the plan’s batch, or nothing changed that the rules carry over.'

test('without what the plan was made from, nobody is said to have nothing to do whom an unknown may be about', () => {
  const plan = planWorld(anaWith({ donotbulkemail: true }, {}), definition)
  const [need] = plan.needs
  const lists = need !== undefined && 'id' in need ? need.id : ''
  expect(explain(plan, { entity: 'contacts', dynamicsId: 'd1' })).toEqual([
    'The plan says nothing of it yet. It does not know all, and this may be about it: ' +
      `the lists of contact ${lists} in ActiveCampaign, and with them whether to unsubscribe.`,
  ])
  expect(explain(plan, { entity: 'contacts', activeCampaignId: '99' })).toEqual([nothingToDo])
  const many = ['1', '2', '3'].map((id) => ({ kind: 'dynamics-row', entity: 'contacts', id }) as const)
  expect(explain({ ...plan, needs: many }, { entity: 'contacts', dynamicsId: 'd1' })).toEqual([nothingToDo])
  expect(explain({ ...plan, needs: many }, { entity: 'contacts', activeCampaignId: '7' })).toEqual([
    'The plan says nothing of it yet. It does not know all, and this may be about it: ' +
      'the row 1 of contacts in Dynamics 365, and 2 more.',
  ])
  const settled = planWorld(anaWith({}, {}), definition)
  expect(explain(settled, { entity: 'contacts', dynamicsId: 'd1' })).toEqual([nothingToDo])
})

test('a field that is held is told with its values, and its rule once', () => {
  const fields = [map('emailaddress1', 'email'), map('firstname', 'firstName', { conflict: 'hold' })]
  const world = anaWith({ firstname: 'Anna' }, { firstName: 'Anne' }, contactsDefinition({ fields }))
  expect(explained(world, contactsDefinition({ fields }))).toEqual([
    'firstname:firstName is held. Changed on both sides; policy hold. What helps: ' +
      'Make firstname and firstName equal on both sides. Decide for one side, for this record and field: plan({ resolutions }). ' +
      'Choose another conflict policy for this field.',
    'firstname:firstName: it was "Ana"; Dynamics 365 has "Anna", ActiveCampaign has "Anne".',
  ])
})

test('what is not known of somebody else is not told', () => {
  const world = emptyWorld()
  for (const n of [1, 2]) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` })
    putContact(world, `${n}`, { email: `p${n}@example.com` })
  }
  applyPlan(world, planWorld(world, definition))
  putRow(world, 'd1', { emailaddress1: 'p1@example.com', donotbulkemail: true })
  const plan = planWorld(world, definition)
  expect(plan.needs).toMatchObject([{ id: '1' }])
  expect(explain(plan, { entity: 'contacts', activeCampaignId: '2' })[0]).toMatch(/^Nothing to do/)
  expect(explain(plan, { entity: 'leads', activeCampaignId: '1' })).toEqual([
    'The plan does not cover leads.',
  ])
})

test('who else has a key, and what a record refers to, are told by its hold and not again', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  const waiting = planBatch({ ...inputOf(world, definition), candidates: {} })
  expect(waiting.needs).toHaveLength(1)
  expect(explain(waiting, { entity: 'contacts', dynamicsId: 'd1' })).toEqual([
    expect.stringMatching(/^Held\. /),
  ])
  const plan = planWorld(emptyWorld('accounts'), accountsDefinition())
  const needs = [{ kind: 'reference', side: 'dynamics', entity: 'accounts', id: 'g1' }] as const
  expect(explain({ ...plan, needs }, { entity: 'accounts', dynamicsId: 'g1' })[0]).toMatch(/^Nothing to do/)
})

test('what is held of others is not told', () => {
  const world = anaWith({}, {})
  for (const id of ['d2', 'd3']) putRow(world, id, { emailaddress1: 'bob@example.com' })
  putContact(world, '8', { email: 'bob@example.com' })
  const plan = planWorld(world, definition)
  expect(plan.holds.map(({ dynamicsId, activeCampaignId }) => dynamicsId ?? activeCampaignId)).toEqual(
    expect.arrayContaining(['d2', 'd3', '8']),
  )
  expect(explained(world)).toEqual(['In sync: the two sides agree in every mapped field.'])
})

test('a record that is gone and was never linked is not called in sync', () => {
  const record = { dynamics: { id: 'd1', deleted: true } } as const
  const plan = planBatch({ ...inputOf(emptyWorld(), definition), records: [record] })
  expect(explain(plan, { entity: 'contacts', dynamicsId: 'd1' }, { definition, record })).toEqual([
    'Nothing to do: nothing is linked to it, and the rules ask for nothing.',
  ])
})

test('a GUID is found in any case', () => {
  const world = emptyWorld()
  const id = '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01'
  putRow(world, id, { firstname: 'Ana' })
  const plan = planWorld(world, definition)
  expect(explain(plan, { entity: 'contacts', dynamicsId: id.toUpperCase() })).toEqual([
    'Skipped. emailaddress1 is blank.',
  ])
})

test('an undo says of one record all that it cannot take back, and leaves guards out', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana' })
  putContact(world, '1', { email: 'ana@example.com', firstName: 'Ana' })
  const tagging = contactsDefinition({ tags: { write: true }, guards: { maxChangedShare: 0.1 } })
  const undo = invertPlan(planWorld(world, tagging))
  expect(undo.skips.map(({ reason }) => reason.message)).toEqual([
    'Tags stay: take them off by hand where they are not wanted.',
    'The two stay linked.',
  ])
  expect(undo.counts).toMatchObject({ records: 1, skipped: 1 })
  expect(undo.guards).toEqual([])
})

test('an undo waits for other updates only: whatever else came after one is not taken back', () => {
  const world = anaWith({ firstname: 'Anna' }, {})
  putRow(world, 'd2', { emailaddress1: 'bob@example.com' })
  const plan = planWorld(world, definition)
  const update = plan.actions.find(({ kind }) => kind === 'update-active-campaign-contact')
  if (update === undefined) throw new Error('nothing is updated')
  const actions = plan.actions.map((action) =>
    action === update ? action : { ...action, dependsOn: [update.id] },
  )
  expect(actions).toHaveLength(2)
  expect(invertPlan({ ...plan, actions }).actions).toMatchObject([{ id: update.id, dependsOn: [] }])
})

test('a kind of action that this version does not know is not passed over by an undo', () => {
  const plan = JSON.parse('{"definitionHash":"1","entities":["contacts"],"actions":[{"kind":"drop-table"}]}')
  expect(() => invertPlan(plan)).toThrow(new TypeError('No case for {"kind":"drop-table"}'))
})

test('an undo says what it cannot take back', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  const undo = invertPlan(planWorld(world, definition))
  expect(undo.actions).toEqual([])
  expect(undo.skips).toMatchObject([{ dynamicsId: 'd1', reason: { code: 'cannot-undo' } }])
})
