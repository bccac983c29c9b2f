import type { Fields } from '@dynacamp/mapping-dsl'
import { type ListStatus, linkIdFor } from '../../../../src/index.ts'
import { mappedByContacts } from '../../definition.ts'
import { putContact, putRow, type World } from '../../world.ts'

export const ana = { emailaddress1: 'ana@example.com', firstname: 'Ana' }

export const anaContact = { email: 'ana@example.com', firstName: 'Ana' }

export const optOut = { donotbulkemail: true }

export const allow = { donotbulkemail: false }

const bySync = (lists: string): Fields => ({ 'lists:unsubscribed': lists })

export const list = (id: string, status: ListStatus['status']): ListStatus => ({
  id,
  name: `List ${id}`,
  status,
})

export const off = (id: string) => list(id, 'unsubscribed')

export const on = (id: string) => list(id, 'active')

export const inScope = (fields: Fields) => fields.firstname !== 'Out'

export const resubscribe = 'resubscribe people when Dynamics 365 allows e-mail again' as const

const link = (world: World, base: { readonly row: Fields; readonly contact?: Fields }): void => {
  const id = linkIdFor('contacts', 'd1')
  world.links.set(id, {
    ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
    base: {
      dynamics: { ...mappedByContacts.dynamics, ...ana, ...base.row },
      activeCampaign: { ...mappedByContacts.activeCampaign, ...anaContact, ...base.contact },
    },
  })
}

interface Linked {
  readonly row?: Fields
  readonly lists?: readonly ListStatus[]
  /** What the base says of opting out. */
  readonly before?: Fields
  /** Lists that the sync itself unsubscribed, as the base has them. */
  readonly own?: string
  readonly active?: boolean
}

/** Ana, linked. */
export const linked =
  ({ row = allow, lists, before = allow, own, active = true }: Linked) =>
  (world: World): void => {
    const { firstname = 'Ana' } = row
    putRow(world, 'd1', { ...ana, ...row }, { active, createdOn: '2020-01-01T00:00:00Z' })
    putContact(world, '1', { ...anaContact, firstName: firstname }, lists ? { lists } : {})
    link(world, {
      row: { ...before, firstname },
      contact: { ...(own === undefined ? {} : bySync(own)), firstName: firstname },
    })
  }

/** Somebody else with Ana's address. */
export const second =
  (row: Fields, first: (world: World) => void) =>
  (world: World): void => {
    first(world)
    putRow(world, 'd2', { ...ana, firstname: 'Annette', ...row }, { createdOn: '2021-01-01T00:00:00Z' })
  }
