/** Match rules after the first, through the engine. */
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createWorld, schema, syncOnce } from './support/world.ts'

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...standardMappings.contacts, map('jobtitle', 'POSITION')],
    match: [
      { dynamics: 'emailaddress1', activeCampaign: 'email' },
      { dynamics: 'jobtitle', activeCampaign: 'POSITION' },
    ],
  },
})

const ada = { firstname: 'Ada', lastname: 'Byron' }
const adaContact = { firstName: 'Ada', lastName: 'Byron' }

test('a row without an e-mail is linked by the second rule, and gets the e-mail', async () => {
  const world = createWorld({ definition })
  world.dynamics.insert('contact', { ...ada, jobtitle: 'Countess' })
  world.activeCampaign.insertContact({
    ...adaContact,
    email: 'ada@example.com',
    fields: { POSITION: 'countess' },
  })
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['link-records', 'update-dynamics-record'])
  expect(world.dynamics.rows('contact')).toMatchObject([{ emailaddress1: 'ada@example.com' }])
  expect((await world.sync.plan()).actions).toEqual([])
})

test('two with one position and different e-mails are held, and linked once one is corrected', async () => {
  const world = createWorld({ definition })
  world.dynamics.insert('contact', { ...ada, jobtitle: 'Countess', emailaddress1: 'ada@home.example' })
  const contact = { ...adaContact, email: 'ada@example.com', fields: { POSITION: 'Countess' } }
  const { id } = world.activeCampaign.insertContact(contact)
  const { plan } = await syncOnce(world.sync)
  expect(plan.actions).toEqual([])
  expect(plan.holds.map(({ reason }) => reason.code)).toEqual(['identity-differs', 'identity-differs'])
  world.activeCampaign.updateContact(id, { email: 'ada@home.example' })
  const second = await syncOnce(world.sync)
  expect(second.plan.actions.map(({ kind }) => kind)).toEqual(['link-records'])
  expect((await world.sync.plan()).actions).toEqual([])
  expect(world.activeCampaign.contacts()).toHaveLength(1)
})
