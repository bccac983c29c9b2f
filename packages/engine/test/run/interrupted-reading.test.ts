import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

const hourMs = 3_600_000

test('what changed in ActiveCampaign while a reading was interrupted is not overwritten', async () => {
  const fields = standardMappings.contacts.map((mapping) =>
    mapping.dynamics === 'lastname'
      ? map('lastname', 'lastName', { conflict: 'activeCampaignWins' })
      : mapping,
  )
  const definition = defineSync(schema, { contacts: { direction: 'bidirectional', fields } })
  const world = peopled(12, { definition, pageLimit: 5 })
  await world.sync.run()
  await world.sync.run()
  // A reading of everything breaks off behind its first page.
  world.activeCampaign.faults.each({ kind: 'cut', when: 'before' }, { url: /id_greater=5&/ })
  await expect(world.sync.run({ full: true })).rejects.toThrow()
  world.activeCampaign.faults.clear()
  await world.clock.sleep(hourMs)
  const [contact] = world.activeCampaign.contacts()
  world.activeCampaign.updateContact(contact?.id ?? '', { lastName: 'By hand' })
  // So many that they go by import, which looks at no single contact.
  for (let n = 1; n <= 12; n += 1) world.dynamics.update('contact', idOf(n), { lastname: 'Changed' })
  await world.sync.run()
  const namesOf = () => world.activeCampaign.contacts().map(({ lastName }) => lastName)
  expect(namesOf()).toEqual(['By hand', ...Array(11).fill('Changed')])
  expect(world.dynamics.rows('contact').map(({ lastname }) => lastname)).toEqual(namesOf())
})
