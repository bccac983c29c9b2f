import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  type SyncDefinition,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import { type Base, type ListStatus, linkIdFor } from '../../../../src/index.ts'
import { putContact, putRow, type World } from '../../world.ts'

export type Leads = NonNullable<SyncDefinition['leads']>

export const definitionWith = (
  more: Partial<Leads> & Pick<Partial<SyncDefinition>, 'sharedContact' | 'tags'> = {},
  ofContacts: Partial<Leads> = {},
): CompiledDefinition => {
  const { sharedContact = 'contact', tags, ...policies } = more
  const compiled = compileDefinition(
    {
      version: 1,
      leads: { direction: 'bidirectional', fields: standardMappings.leads, ...policies },
      contacts: { direction: 'bidirectional', fields: standardMappings.contacts, ...policies, ...ofContacts },
      sharedContact,
      ...(tags && { tags }),
    },
    standardSchema,
  )
  const inScope = (fields: Fields) => fields.firstname !== 'Out'
  return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
}

export const leadsOf = (world: World): World => {
  if (world.leads === undefined) throw new Error('this world has no leads')
  return world.leads
}

export const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }

export const anaContact = { email: 'ana@example.com', firstName: 'Ana' }

export const moved = { ...ana, emailaddress1: 'ana@new.example' }

export const movedContact = { ...anaContact, email: 'ana@new.example' }

export const inactive = { active: false }

export const active = (id: string): ListStatus => ({ id, name: `List ${id}`, status: 'active' })

/** Ana as a lead `l1`, as a contact `c1`, and as the ActiveCampaign contact `7`. */
export const lead = (world: World, fields: Fields = ana, more: { readonly active?: boolean } = {}): void =>
  putRow(leadsOf(world), 'l1', fields, more)

export const contact = (world: World, fields: Fields = ana, more: { readonly active?: boolean } = {}): void =>
  putRow(world, 'c1', fields, more)

export const person = (world: World, fields: Fields = anaContact, lists?: readonly ListStatus[]): void =>
  putContact(world, '7', fields, lists ? { lists } : {})

export const everybody = (world: World): void => {
  lead(world)
  contact(world)
  person(world)
}

/** The base when these were in sync, and all else that the standard mappings look at was blank. */
export const inSyncWith = (row: Fields, contact: Fields): Base => {
  const mappings = [...standardMappings.contacts, ...standardMappings.leads]
  return {
    dynamics: { ...Object.fromEntries(mappings.map(({ dynamics }) => [dynamics, null])), ...row },
    activeCampaign: {
      ...Object.fromEntries(mappings.map(({ activeCampaign }) => [activeCampaign, ''])),
      ...contact,
    },
  }
}

export const link = (
  world: World,
  dynamicsId: string,
  activeCampaignId: string,
  base = inSyncWith(ana, anaContact),
): void => {
  const { entity, links } = world
  const id = linkIdFor(entity, dynamicsId)
  links.set(id, { id, entity, dynamicsId, activeCampaignId, base })
}

export const linkLead = (world: World): void => link(leadsOf(world), 'l1', '7')

export const linkContact = (world: World): void => link(world, 'c1', '7')
