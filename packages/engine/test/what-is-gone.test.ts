/** A list or a tag is deleted in ActiveCampaign just before a contact is written to it: the contact is not taken for deleted. */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from './support/peopled.ts'
import { schema } from './support/world.ts'

const contacts = {
  direction: 'bidirectional',
  fields: [...standardMappings.contacts],
  deleted: { inActiveCampaign: 'delete' },
} as const

test('a list: its people are still there, and who opted out is taken off the others', async () => {
  const world = peopled(1, { definition: defineSync(schema, { contacts, optOut: {} }) })
  await world.sync.run()
  const [contact] = world.activeCampaign.contacts()
  const lists = ['News', 'Offers'].map((name) => String(world.activeCampaign.insert('lists', { name }).id))
  for (const list of lists)
    world.activeCampaign.insert('contactLists', { contact: contact?.id ?? '', list, status: '1' })
  world.dynamics.update('contact', idOf(1), { donotbulkemail: true })
  const plan = await world.sync.plan()
  expect(plan.actions).toMatchObject([{ kind: 'unsubscribe-active-campaign-contact', lists }])
  world.activeCampaign.remove('lists', lists[0] ?? '')
  await world.sync.apply(plan)
  const [now] = world.activeCampaign.contacts()
  expect(now?.lists[lists[1] ?? '']).toBe('2')
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  expect((await world.sync.plan()).actions).toEqual([])
})

test('a tag: the contact that it was meant for is still there, and gets it', async () => {
  const world = peopled(1, { definition: defineSync(schema, { contacts, tags: { write: true } }) })
  const id = world.activeCampaign.insertContact({
    email: 'person1@example.com',
    firstName: 'Pat',
    lastName: 'Number 1',
  }).id
  // One that changed in the last minutes would be read again by every look.
  await world.clock.sleep(3_600_000)
  world.activeCampaign.insertContact({ email: 'later@example.com' })
  const remove = (): void => {
    for (const tag of world.activeCampaign.rows('tags')) world.activeCampaign.remove('tags', String(tag.id))
  }
  world.activeCampaign.faults.next({ kind: 'meanwhile', run: remove }, { operation: 'contactTags.create' })
  await world.sync.run()
  expect(world.dynamics.rows('contact')).toHaveLength(1)
  const tagged = world.activeCampaign.contacts().filter(({ tags }) => tags.length === 2)
  expect(tagged).toMatchObject([{ id }])
})
