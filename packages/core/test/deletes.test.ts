import { type Fields, map } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { type Base, linkIdFor, type Plan } from '../src/index.ts'
import { contactsDefinition } from './kit/definition.ts'
import { planWorld } from './kit/plan-world.ts'
import { emptyWorld, putContact, putRow } from './kit/world.ts'

const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }
const anaContact = { email: 'ana@example.com', firstName: 'Ana' }

/** Ana, linked; her row or her contact may be gone. */
const planAna = (
  definition: ReturnType<typeof contactsDefinition>,
  base: Base,
  row: Fields | undefined,
  contact: Fields | undefined,
): Plan => {
  const world = emptyWorld()
  if (row !== undefined) putRow(world, 'd1', row)
  if (contact !== undefined) putContact(world, '1', contact)
  const id = linkIdFor('contacts', 'd1')
  world.links.set(id, { id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1', base })
  return planWorld(world, definition)
}

test('what is deleted with a record and was in sync on one side only has no base to show', () => {
  const definition = contactsDefinition({
    deleted: { inDynamics: 'delete', inActiveCampaign: 'delete' },
    fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
  })
  const { emailaddress1 } = ana
  const { email } = anaContact
  const gone = planAna(definition, { dynamics: { emailaddress1 }, activeCampaign: anaContact }, undefined, {
    ...anaContact,
    firstName: 'Anna',
  })
  expect(gone.actions).toMatchObject([{ kind: 'delete-active-campaign-contact' }])
  expect(gone.conflicts).toMatchObject([{ activeCampaign: 'Anna', dynamics: null, base: null }])
  const left = planAna(
    definition,
    { dynamics: ana, activeCampaign: { email } },
    { ...ana, firstname: 'Anna' },
    undefined,
  )
  expect(left.actions).toMatchObject([{ kind: 'delete-dynamics-record' }])
  expect(left.conflicts).toMatchObject([{ dynamics: 'Anna', activeCampaign: null, base: null }])
})

test('why a record left, and the setting that says what follows, are one sentence, whatever the scope names', () => {
  const definition = contactsDefinition({ leaving: 'unlink', scope: { address1_city: 'St. Gallen' } })
  const base = { dynamics: ana, activeCampaign: anaContact }
  const { actions } = planAna(definition, base, { ...ana, address1_city: 'Bern' }, anaContact)
  expect(actions).toMatchObject([
    { kind: 'unlink-records', because: expect.stringMatching(/St\. Gallen[^.]*; `leaving` is `unlink`\.$/) },
  ])
})
