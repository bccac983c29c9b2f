import {
  type CompiledDefinition,
  compileDefinition,
  type Fields,
  map,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import type { History } from './history.ts'
import { blanks, conflicts, pick } from './policies.ts'
import { emptyWorld, putContact, putRow, type World } from './world.ts'

/** Companies and the people in them: what is in sync, what is not, and who moves. */
const directions = ['bidirectional', 'outbound', 'inbound'] as const

const lookup = '_parentcustomerid_value'
const lookupTable = '_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname'

const definitions: readonly CompiledDefinition[] = blanks.flatMap((blank, b) =>
  conflicts.flatMap((conflict, c) =>
    directions.map((direction, d) => {
      const oneWay = direction !== 'bidirectional'
      const compiled = compileDefinition(
        {
          version: 1,
          accounts: {
            direction: 'bidirectional',
            createInDynamics: pick(['all', 'never'] as const, b + c + d),
            leaving: pick(['keep', 'unlink'] as const, b + d),
            deleted: {
              inDynamics: pick(['keep', 'unlink', 'delete'] as const, c + d),
              inActiveCampaign: pick(['keep', 'delete', 'deactivate', 'unlink'] as const, b + c),
            },
            fields: [map('name', 'name', { conflict }), map('websiteurl', 'accountUrl', { blank })],
          },
          contacts: {
            direction: 'bidirectional',
            createInDynamics: pick(['all', 'never'] as const, b + c),
            fields: [
              map('emailaddress1', 'email'),
              map('firstname', 'firstName'),
              map('parentcustomerid', 'account', {
                blank,
                ...(oneWay ? { direction } : { conflict }),
              }),
            ],
          },
          optOut: { direction: 'off' },
        },
        standardSchema,
      )
      const inScope = (fields: Fields) => fields.tickersymbol !== 'out'
      return { ...compiled, entities: compiled.entities.map((entity) => ({ ...entity, inScope })) }
    }),
  ),
)

const names = ['Contoso', 'Fabrikam', 'Northwind', '']

const company = fc.record({
  kind: fc.constantFrom('linked', 'linked', 'linked', 'row', 'account', 'both'),
  rowName: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2, 3),
  accountName: fc.constantFrom(undefined, undefined, undefined, 0, 1, 2),
  rowGone: fc.constantFrom(false, false, false, false, true),
  accountGone: fc.constantFrom(false, false, false, false, true),
  inScope: fc.constantFrom(true, true, true, false),
})

/** The index of a company, or nobody. */
const employer = fc.constantFrom(undefined, 0, 0, 1, 1, 2)

const person = fc.record({
  kind: fc.constantFrom('linked', 'linked', 'linked', 'lostBase', 'row', 'contact', 'both'),
  was: employer,
  inRow: fc.oneof({ weight: 2, arbitrary: fc.constant('same' as const) }, employer),
  inContact: fc.oneof({ weight: 2, arbitrary: fc.constant('same' as const) }, employer),
  worksForPerson: fc.constantFrom(false, false, false, false, false, true),
  rowTime: fc.constantFrom(undefined, '2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z'),
  contactTime: fc.constantFrom(undefined, '2026-11-02T00:00:00Z'),
})

type Company = typeof company extends fc.Arbitrary<infer C> ? C : never
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

const addCompany = (world: World, company: Company, index: number): void => {
  const { kind, rowName = index, accountName = index } = company
  const [rowId, accountId] = [`g${index}`, `${index + 1}`]
  const linked = kind === 'linked'
  const taken = (name: string | undefined) =>
    [...world.contacts.values()].some(({ fields }) => fields.name === name)
  // ActiveCampaign never holds two accounts with one name: take the first that is free.
  const free = [accountName, 0, 1, 2].map((n) => names[n]).find((name) => !taken(name))
  if (kind !== 'account' && !(linked && company.rowGone)) {
    putRow(world, rowId, { name: names[rowName] ?? null, tickersymbol: company.inScope ? null : 'out' })
  }
  if (kind !== 'row' && free !== undefined && !(linked && company.accountGone)) {
    putContact(world, accountId, { name: free, accountUrl: '' })
  }
  if (linked) {
    const name = names[index] ?? ''
    world.links.set(`accounts/${rowId}`, {
      ...{ id: `accounts/${rowId}`, entity: 'accounts', dynamicsId: rowId, activeCampaignId: accountId },
      base: { dynamics: { name, websiteurl: null }, activeCampaign: { name, accountUrl: '' } },
    })
  }
}

const addPerson = (world: World, person: Person, index: number): void => {
  const { kind, was, rowTime, contactTime } = person
  const [rowId, contactId] = [`d${index}`, `${index + 1}`]
  const { accounts } = world
  const rowAt = (employer: number | undefined) =>
    employer !== undefined && accounts?.rows.has(`g${employer}`) === true ? `g${employer}` : null
  const accountAt = (employer: number | undefined) =>
    employer !== undefined && accounts?.contacts.has(`${employer + 1}`) === true ? `${employer + 1}` : ''
  const linked = kind === 'linked' || kind === 'lostBase'
  const inRow = person.inRow === 'same' ? was : person.inRow
  const inContact = person.inContact === 'same' ? was : person.inContact
  const email = `${index}@example.com`
  if (kind !== 'contact') {
    const account = person.worksForPerson ? 'd9' : rowAt(inRow)
    const table = person.worksForPerson ? 'contact' : account === null ? null : 'account'
    const fields = { emailaddress1: email, firstname: 'Ana', [lookup]: account, [lookupTable]: table }
    putRow(world, rowId, fields, rowTime === undefined ? {} : { modifiedOn: rowTime })
  }
  if (kind !== 'row') {
    const fields = { email, firstName: 'Ana', account: accountAt(inContact) }
    putContact(world, contactId, fields, contactTime === undefined ? {} : { updatedOn: contactTime })
  }
  if (linked) {
    const relation =
      kind === 'lostBase' ? undefined : { dynamics: rowAt(was), activeCampaign: accountAt(was) }
    world.links.set(`contacts/${rowId}`, {
      ...{ id: `contacts/${rowId}`, entity: 'contacts', dynamicsId: rowId, activeCampaignId: contactId },
      base: {
        dynamics: {
          emailaddress1: email,
          firstname: 'Ana',
          ...(relation && { [lookup]: relation.dynamics }),
        },
        activeCampaign: { email, firstName: 'Ana', ...(relation && { account: relation.activeCampaign }) },
      },
    })
  }
}

export const companyHistory: fc.Arbitrary<History> = fc
  .record({
    definition: fc.constantFrom(...definitions),
    firstLink: fc.constantFrom('hold' as const, 'policy' as const),
    companies: fc.array(company, { minLength: 1, maxLength: 3 }),
    people: fc.array(person, { minLength: 1, maxLength: 3 }),
  })
  .map(({ definition, firstLink, companies, people }) => ({
    definition,
    settings: { firstLink },
    later: [],
    merges: [],
    restores: [],
    world: () => {
      const accounts = emptyWorld('accounts')
      for (const [index, one] of companies.entries()) addCompany(accounts, one, index)
      const world = emptyWorld('contacts', accounts)
      for (const [index, one] of people.entries()) addPerson(world, one, index)
      return world
    },
    toString: () => JSON.stringify({ companies, people, firstLink, contacts: definition.entities }),
  }))
