import { expect, test } from 'vitest'
import { renderPlan } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()
const aList = { id: '1', name: 'News', status: 'active' } as const

test('a plan reads: what is held first, then what is written, field by field', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', governmentid: '123' })
  applyPlan(world, planWorld(world, definition))
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Anna', governmentid: '456' })
  putRow(world, 'd2', { emailaddress1: 'bob@example.com' })
  putRow(world, 'd3', { emailaddress1: 'bob@example.com' })
  putRow(world, 'd4', { firstname: 'Nobody' })
  putRow(world, 'd5', { emailaddress1: 'eve@example.com', firstname: 'Eve' })
  putContact(world, '5', { email: 'eve@example.com', firstName: 'Eva' })
  putRow(world, 'd6', { emailaddress1: 'zoe@example.com', lastname: 'Zett' })
  expect(renderPlan(planWorld(world, definition), 'text')).toMatchSnapshot()
})

test('an empty plan says so', () => {
  expect(renderPlan(planWorld(emptyWorld(), definition), 'text')).toContain('Nothing to do.')
})

test.each([
  ['colours', '\u001b[31mred'],
  ['a title for the window', '\u001b]0;pwned\u0007'],
  ['one-byte control sequences', '\u009b31m'],
  ['line breaks', 'a\nPlan: all is well'],
  ['reversed text', 'abc\u202edcba'],
])('a record cannot put %s on the terminal', (_, name) => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: name })
  putRow(world, 'd2', { emailaddress1: `${name}@example.com`, firstname: name })
  const text = renderPlan(planWorld(world, definition), 'text')
  expect(text).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u)
  expect(text).not.toMatch(/^Plan: all is well/m)
})

test('sensitive values are masked', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', governmentid: '19770101-1234' })
  const text = renderPlan(planWorld(world, definition), 'text')
  expect(text).toContain('ID_NUMBER')
  expect(text).not.toContain('19770101')
})

test('colour is asked for, never assumed', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  const plan = planWorld(world, definition)
  expect(renderPlan(plan, 'text')).not.toContain('\u001b')
  expect(renderPlan(plan, 'text', { colour: true })).toContain('\u001b[32m')
})

test('the summary counts records, however many actions each of them has', () => {
  const world = emptyWorld()
  const tagging = contactsDefinition({ tags: { write: true } })
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', firstname: 'Ana', donotbulkemail: true })
  putContact(world, '1', { email: 'ana@example.com', lastName: 'Ash' }, { lists: [aList] })
  const plan = planWorld(world, tagging)
  expect(plan.actions.map(({ kind }) => kind)).toEqual([
    'add-active-campaign-tags',
    'link-records',
    'unsubscribe-active-campaign-contact',
    'update-active-campaign-contact',
    'update-dynamics-record',
  ])
  expect(renderPlan(plan, 'text')).toContain(
    '0 records to create, 1 to change, 0 to delete, 1 link to remember or forget.',
  )
})

test('the cost says what is counted, and shows no share as nothing', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  putContact(world, '1', { email: 'ana@example.com', lastName: 'Ash' })
  expect(renderPlan(planWorld(world, definition), 'text')).toContain(
    '1 call to Dynamics 365, 0 to ActiveCampaign: at least 1 second at the pace both allow; ' +
      'less than 0.01 % of a day’s requests. ' +
      'Looks before writes are counted; reading both sides before and after is not.',
  )
  expect(renderPlan(planWorld(emptyWorld(), definition), 'text')).toContain('No call to either service.')
})

test('why something is done to a record is said where no field says it', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com', donotbulkemail: true })
  putContact(world, '1', { email: 'ana@example.com' }, { lists: [aList] })
  for (const format of ['text', 'markdown', 'html'] as const) {
    const shown = renderPlan(planWorld(world, definition), format).replaceAll('\\', '')
    expect(shown).toContain('The person opted out of e-mail in Dynamics 365.')
    expect(shown).toContain('The two match by emailaddress1.')
  }
})

test('of many who are skipped for the same kind of reason, ten reasons and ten of each are named', () => {
  const world = emptyWorld()
  const now = Array.from({ length: 12 }, (_, index) => index + 10)
  for (const n of now) putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` })
  applyPlan(world, planWorld(world, definition))
  for (const n of now) {
    putRow(world, `d${n}`, { emailaddress1: `p${n}@example.com` }, { active: false })
    putRow(world, `s${n}`, { emailaddress1: `p${n}@example.com` })
    world.merged.set(`d${n}`, `s${n}`)
    putRow(world, `e${n}`, { firstname: 'Nobody' })
  }
  const text = renderPlan(planWorld(world, definition), 'text')
  expect(text.match(/^ {4}1 × Another row speaks for this person now, .*$/gm)).toHaveLength(10)
  expect(text).toContain('    … and 2 more of this kind\n')
  expect(
    text.match(/^ {4}12 × emailaddress1 is blank\.\n( {8}contacts Nobody\n){10} {8}… and 2 more$/gm),
  ).toHaveLength(1)
})
