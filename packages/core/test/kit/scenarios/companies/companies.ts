import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  map,
  standardMappings,
  standardSchema,
  type WrittenEntity,
} from '@dynacamp/mapping-dsl'
import { linkIdFor } from '../../../../src/index.ts'
import { putContact, putRow, type World } from '../../world.ts'

export const lookup = '_parentcustomerid_value'

const table = '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'

export const definitionWith = (
  accounts: Partial<WrittenEntity> = {},
  account: Parameters<typeof map>[2] = {},
  contacts: Partial<WrittenEntity> = {},
): CompiledDefinition => {
  const compiled = compileDefinition(
    {
      version: 1,
      accounts: { direction: 'bidirectional', fields: standardMappings.accounts, ...accounts },
      contacts: {
        direction: 'bidirectional',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'account', account)],
        ...contacts,
      },
      optOut: { direction: 'off' },
    },
    standardSchema,
  )
  const inScope = (fields: Fields) => fields.tickersymbol !== 'out'
  return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
}

export const accountsOf = (world: World): World => {
  if (world.accounts === undefined) throw new Error('this world has no accounts')
  return world.accounts
}

export const both = (name: string, url = '') => ({
  dynamics: { name, websiteurl: url === '' ? null : url },
  activeCampaign: { name, accountUrl: url },
})

/** A company that both sides have, linked and in sync; its row is `g` and its number. */
export const company = (world: World, number: string, name: string): void => {
  const accounts = accountsOf(world)
  const { dynamics, activeCampaign } = both(name)
  putRow(accounts, `g${number}`, dynamics)
  putContact(accounts, number, activeCampaign)
  const id = linkIdFor('accounts', `g${number}`)
  accounts.links.set(id, {
    ...{ id, entity: 'accounts', dynamicsId: `g${number}`, activeCampaignId: number },
    base: { dynamics, activeCampaign },
  })
}

export const companies = (world: World): void => {
  company(world, '1', 'Contoso')
  company(world, '2', 'Fabrikam')
}

export const rowAt = (account: string | null, of = 'account'): Fields => ({
  emailaddress1: 'ana@example.com',
  [lookup]: account,
  [table]: account === null ? null : of,
})

export const contactAt = (account: string): Fields => ({ email: 'ana@example.com', account })

/** Ana, linked: where she was in sync, and where the two sides have her now. */
export const ana = (
  world: World,
  was: string,
  row: string | null = was,
  contact: string | null = was,
): void => {
  const ofRow = (number: string | null) => rowAt(number === null ? null : `g${number}`)
  putRow(world, 'd1', ofRow(row))
  putContact(world, '1', contactAt(contact ?? ''))
  const id = linkIdFor('contacts', 'd1')
  world.links.set(id, {
    ...{ id, entity: 'contacts', dynamicsId: 'd1', activeCampaignId: '1' },
    base: { dynamics: { ...ofRow(was) }, activeCampaign: contactAt(was) },
  })
}
