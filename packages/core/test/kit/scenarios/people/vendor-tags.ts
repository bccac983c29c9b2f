import { map } from '@dynacamp/mapping-dsl'
import { marks } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { putContact, putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import { ana, anaAndBob, anaContact, bobContact, link } from './people.ts'

const tagging = contactsDefinition({ tags: { write: true } })

export const vendorTags: readonly Scenario[] = [
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact without tags, `tags.write`',
    expected: ['add-active-campaign-tags'],
    meaning: '`[D365: Contact]` and `[D365: Pushed from Dynamics]`',
    definition: tagging,
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'One linked contact has only the tag of its kind, another one only that of its origin',
    expected: ['add-active-campaign-tags', 'add-active-campaign-tags'],
    meaning: 'each gets the one that it lacks',
    definition: tagging,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', anaContact, { tags: [marks.contacts] })
      putContact(world, '2', bobContact, { tags: [marks.pulled] })
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact without tags, and contacts flow inbound only',
    expected: ['add-active-campaign-tags'],
    meaning: '`[D365: Contact]` and `[D365: Pulled from ActiveCampaign]`',
    definition: contactsDefinition({
      direction: 'inbound',
      fields: [map('emailaddress1', 'email'), map('firstname', 'firstName')],
      tags: { write: true },
    }),
    arrange: (world) => {
      putRow(world, 'd1', ana)
      putContact(world, '1', anaContact)
      link(world, 'd1', '1')
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A linked contact that the app itself has tagged, either way',
    expected: [],
    meaning: 'nothing: a customer who moves over keeps the tags',
    definition: tagging,
    arrange: (world) => {
      anaAndBob(world)
      putContact(world, '1', anaContact, { tags: [marks.contacts, marks.pulled] })
      putContact(world, '2', bobContact, { tags: [marks.contacts, marks.pushed, 'VIP'] })
    },
  },
  {
    topic: 'Tags of the vendor’s app',
    situation: 'A contact becomes a row',
    expected: ['add-active-campaign-tags', 'create-dynamics-record'],
    meaning: '`[D365: Pulled from ActiveCampaign]`, once the row is there',
    definition: contactsDefinition({ createInDynamics: 'tagged', tags: { write: true } }),
    arrange: (world) => putContact(world, '1', anaContact, { tags: [marks.contacts], lists: [] }),
  },
]
