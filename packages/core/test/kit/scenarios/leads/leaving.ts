import type { CompiledDefinition, Fields } from '@dynacamp/mapping-dsl'
import { putRow } from '../../world.ts'
import type { Scenario } from '../scenario.ts'
import {
  active,
  ana,
  anaContact,
  contact,
  definitionWith,
  everybody,
  inactive,
  type Leads,
  lead,
  leadsOf,
  linkContact,
  linkLead,
  moved,
  person,
} from './people.ts'

/** Every contact is in scope; of leads, these. */
const withLeadsIn = (
  leadInScope: (fields: Fields) => boolean,
  more: Partial<Leads> = {},
): CompiledDefinition => {
  const definition = definitionWith(more)
  const entities = definition.entities.map((table) => ({
    ...table,
    inScope: table.entity === 'leads' ? leadInScope : () => true,
  }))
  return { ...definition, entities }
}

export const leaving: readonly Omit<Scenario, 'topic' | 'leads'>[] = [
  {
    situation: 'A linked lead was deleted, `deleted.inDynamics: unlink`, and contacts alone may become rows',
    expected: ['skip deleted'],
    meaning: 'the link stays as a memory: forgotten, the person would come back as a contact',
    definition: definitionWith(
      { deleted: { inDynamics: 'unlink', inActiveCampaign: 'keep' } },
      { createInDynamics: 'all' },
    ),
    arrange: (world) => {
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead is disqualified, `leaving: keep`',
    expected: ['skip left-scope'],
    meaning: 'nothing flows any more, nothing is removed',
    arrange: (world) => {
      lead(world, ana, inactive)
      person(world)
      linkLead(world)
    },
  },
  {
    situation: 'The same, `leaving: archive`',
    expected: ['unlink-records', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed, then the link is forgotten',
    definition: definitionWith({ leaving: 'archive' }),
    arrange: (world) => {
      lead(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkLead(world)
    },
  },
  {
    situation: 'The same, and there is a contact with its e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the contact takes over: its person is not unsubscribed for the lead',
    definition: definitionWith({ leaving: 'archive' }),
    arrange: (world) => {
      contact(world)
      lead(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkLead(world)
    },
  },
  {
    situation: 'A linked lead is merged into another lead',
    expected: ['move-link', 'skip handed-over'],
    meaning: 'the link moves to the surviving lead',
    arrange: (world) => {
      lead(world, ana, inactive)
      putRow(leadsOf(world), 'l2', ana)
      person(world)
      linkLead(world)
      world.merged.set('l1', 'l2')
    },
  },
  {
    situation: 'A lead is merged into another one, and that is qualified into a contact',
    expected: ['move-link', 'skip handed-over', 'skip inactive'],
    meaning: 'the link moves to the contact, through both',
    arrange: (world) => {
      everybody(world)
      lead(world, ana, inactive)
      putRow(leadsOf(world), 'l2', ana, inactive)
      linkLead(world)
      world.merged.set('l1', 'l2').set('l2', 'c1')
    },
  },
  {
    situation: 'The contact is deleted in D365, `deleted.inDynamics: delete`, and the lead is left',
    expected: ['link-records', 'unlink-records'],
    meaning: 'nobody is deleted: the lead takes over',
    definition: definitionWith({ deleted: { inDynamics: 'delete', inActiveCampaign: 'keep' } }),
    arrange: (world) => {
      lead(world)
      person(world)
      linkContact(world)
    },
  },
  {
    situation: 'The same, `keep`',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the same: there is nothing to keep for a row whose contact is the lead’s now',
    arrange: (world) => {
      lead(world)
      person(world)
      linkContact(world)
    },
  },
  {
    situation: 'The contact leaves the scope, `leaving: unsubscribe`, and the lead is left',
    expected: ['link-records', 'unlink-records'],
    meaning: 'nobody is unsubscribed: the lead takes over',
    definition: definitionWith({ leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
  {
    situation: 'The same, and the lead is linked as well',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the same: the lead goes on, and what it says of e-mail is remembered',
    definition: definitionWith({ leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, { ...ana, firstname: 'Out' })
      person(world, anaContact, [active('1')])
      linkContact(world)
      linkLead(world)
    },
  },
  {
    situation: 'The contact is inactive, `leaving: unsubscribe`, and the lead is not in scope',
    expected: ['skip out-of-scope', 'unsubscribe-active-campaign-contact'],
    meaning: 'unsubscribed: nobody is left who takes part',
    definition: withLeadsIn(() => false, { leaving: 'unsubscribe' }),
    arrange: (world) => {
      everybody(world)
      contact(world, ana, inactive)
      person(world, anaContact, [active('1')])
      linkContact(world)
    },
  },
  {
    situation: 'A lead is linked, but not in the scope of leads any more; a contact gets its old e-mail',
    expected: ['link-records', 'unlink-records'],
    meaning: 'the contact takes over at once: a lead that takes no part does not move on',
    definition: withLeadsIn(() => false),
    arrange: (world) => {
      everybody(world)
      lead(world, moved)
      linkLead(world)
    },
  },
]
