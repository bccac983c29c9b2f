import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

const hourMs = 3_600_000

test('a run that ends while it reads contacts again leaves no half-read contact to the next one', async () => {
  const definition = defineSync(schema, {
    contacts: {
      direction: 'bidirectional',
      fields: [
        ...standardMappings.contacts,
        map('jobtitle', 'POSITION', { blank: 'clear' }),
        map('address1_city', 'CITY', { blank: 'clear' }),
      ],
    },
  })
  const world = peopled(30, { definition })
  const people = Array.from({ length: 30 }, (_, index) => idOf(index + 1))
  for (const id of people) world.dynamics.update('contact', id, { jobtitle: 'Cook', address1_city: 'Graz' })
  await world.sync.run()
  await world.clock.sleep(hourMs)
  await world.sync.run()
  // Twenty go through the import, after which contacts are read again; one goes by itself, as its e-mail changes.
  for (const id of people.slice(1, 21)) world.dynamics.update('contact', id, { lastname: 'Changed' })
  world.dynamics.update('contact', idOf(1), { emailaddress1: 'moved@example.com' })
  world.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { url: /fieldValues/ })
  const endings: string[] = []
  for (let more = true; more; ) {
    const report = await world.sync.run({ deadlineMs: 30_000 })
    endings.push(report.ending)
    more = report.more
    if (endings.length > 20) throw new Error('it never ends')
  }
  expect(endings).toContain('deadline')
  // Contacts whose fields were not read again yet look as if somebody had cleared them.
  const kinds: unknown[] = []
  for (const id of people) {
    for await (const { action } of world.sync.journal.ofRecord({
      side: 'dynamics',
      entity: 'contacts',
      id,
    })) {
      kinds.push(Object(action).kind)
    }
  }
  expect(kinds).not.toContain('update-dynamics-record')
  expect(world.dynamics.rows('contact').map((row) => row.address1_city)).toEqual(people.map(() => 'Graz'))
})
