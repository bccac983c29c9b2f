import { expect, test } from 'vitest'
import { explain, invertPlan } from '../src/index.ts'
import { applyPlan } from './kit/apply-plan.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const definition = contactsDefinition()

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

test('an undo says what it cannot take back', () => {
  const world = emptyWorld()
  putRow(world, 'd1', { emailaddress1: 'ana@example.com' })
  const undo = invertPlan(planWorld(world, definition))
  expect(undo.actions).toEqual([])
  expect(undo.skips).toMatchObject([{ dynamicsId: 'd1', reason: { code: 'cannot-undo' } }])
})
