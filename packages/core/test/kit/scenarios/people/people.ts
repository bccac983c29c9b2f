import type { Fields } from '@dynacamp/mapping-dsl'
import { type Link, type ListStatus, linkIdFor } from '../../../../src/index.ts'
import { contactsDefinition } from '../../definition.ts'
import { entityIn, putContact, putRow, type World } from '../../world.ts'

export const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }

export const anaContact = { email: 'ana@example.com', firstName: 'Ana' }

export const list = (id: string, status: ListStatus['status']): ListStatus => ({
  id,
  name: `List ${id}`,
  status,
})

const mapped = entityIn(contactsDefinition(), 'contacts').fields

/** A link with the base it has when both sides agreed on the given values. */
export const link = (
  world: World,
  dynamicsId: string,
  activeCampaignId: string,
  base: { readonly dynamics: Fields; readonly activeCampaign: Fields } = {
    dynamics: ana,
    activeCampaign: anaContact,
  },
): void => {
  const id = linkIdFor('contacts', dynamicsId)
  const made: Link = {
    ...{ id, entity: 'contacts', dynamicsId, activeCampaignId },
    base: {
      dynamics: { ...Object.fromEntries(mapped.map((field) => [field.dynamics, null])), ...base.dynamics },
      activeCampaign: {
        ...Object.fromEntries(mapped.map((field) => [field.activeCampaign, ''])),
        ...base.activeCampaign,
      },
    },
  }
  world.links.set(id, made)
}

export const bob = { emailaddress1: 'bob@example.com', firstname: 'Bob' }

export const bobContact = { email: 'bob@example.com', firstName: 'Bob' }

/** Ana and Bob, each linked and in sync. */
export const anaAndBob = (world: World): void => {
  putRow(world, 'd1', ana)
  putContact(world, '1', anaContact)
  link(world, 'd1', '1')
  putRow(world, 'd2', bob)
  putContact(world, '2', bobContact)
  link(world, 'd2', '2', { dynamics: bob, activeCampaign: bobContact })
}

export const byNumber = contactsDefinition({
  match: [
    { dynamics: 'emailaddress1', activeCampaign: 'email' },
    { dynamics: 'governmentid', activeCampaign: 'ID_NUMBER' },
  ],
})

export const inScope = (fields: Fields) => fields.firstname !== 'Out'

export const out = { ...ana, firstname: 'Out' }

export const onDelete = (
  inDynamics: 'keep' | 'unlink' | 'unsubscribe' | 'archive' | 'delete',
  inActiveCampaign: 'keep' | 'unlink' | 'deactivate' | 'delete',
  createInDynamics: 'never' | 'all' = 'never',
) => contactsDefinition({ deleted: { inDynamics, inActiveCampaign }, createInDynamics })
