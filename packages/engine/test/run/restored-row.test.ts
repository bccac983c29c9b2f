import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { idOf, peopled } from '../support/peopled.ts'
import { schema } from '../support/world.ts'

test.each([5_000, 1])(
  'a row that was deleted and restored between two runs is there; pages of %i',
  async (pageLimit) => {
    const definition = defineSync(schema, {
      contacts: {
        direction: 'bidirectional',
        fields: [...standardMappings.contacts],
        deleted: { inDynamics: 'delete' },
      },
    })
    const world = peopled(3, { definition, pageLimit })
    await world.sync.run()
    await world.sync.run()
    const before = world.activeCampaign.contacts().map(({ id }) => id)
    const [restored, gone] = [idOf(1), idOf(2)]
    const { contactid, emailaddress1, lastname } = world.dynamics.row('contact', restored) ?? {}
    world.dynamics.remove('contact', restored)
    world.dynamics.remove('contact', gone)
    world.dynamics.insert('contact', { contactid, emailaddress1, firstname: 'Restored', lastname })
    await world.sync.run()
    expect(world.activeCampaign.contacts().map(({ id }) => id)).toEqual([before[0], before[2]])
    expect(world.activeCampaign.contacts()[0]).toMatchObject({ firstName: 'Restored' })
    world.dynamics.update('contact', restored, { firstname: 'Edited' })
    await world.sync.run()
    expect(world.activeCampaign.contacts()[0]).toMatchObject({ id: before[0], firstName: 'Edited' })
    expect((await world.sync.plan()).actions).toEqual([])
  },
)
