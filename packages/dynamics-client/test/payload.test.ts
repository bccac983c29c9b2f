import { describe, expect, test } from 'vitest'
import {
  createDynamicsClient,
  createdInChangeSet,
  defineTable,
  InvalidArgumentError,
  lookup,
  reference,
  text,
  tokenCallback,
} from '../src/index.ts'

const id = '7d577253-3ef0-4a0a-bb7f-8335c2596e70'
const account = { logicalName: 'account', entitySet: 'accounts' } as const
const project = { logicalName: 'new_project', entitySet: 'new_projects' } as const

const ticket = defineTable({
  entitySet: 'new_tickets',
  logicalName: 'new_ticket',
  primaryId: 'new_ticketid',
  columns: {
    new_name: text(),
    customerid: lookup(['account', 'contact']),
    primarycontactid: lookup(['contact']),
    ownerid: lookup(['systemuser', 'team'], { navigation: 'single' }),
    new_project: lookup([project], { schemaName: 'new_Project' }),
    new_about: lookup(['account', project], { schemaName: 'new_About' }),
  },
})

const client = createDynamicsClient({
  environmentUrl: 'https://example.crm4.dynamics.com',
  credentials: tokenCallback(async () => 'token'),
})
const tickets = client.table(ticket)
const bodyOf = (values: Parameters<typeof tickets.prepare.create>[0]) => tickets.prepare.create(values).body

describe('lookups in a body', () => {
  test('go through the navigation property of their target', () => {
    expect(bodyOf({ customerid: reference(account, id) })).toEqual({
      'customerid_account@odata.bind': `/accounts(${id})`,
    })
    expect(
      bodyOf({ primarycontactid: reference({ logicalName: 'contact', entitySet: 'contacts' }, id) }),
    ).toEqual({
      'primarycontactid@odata.bind': `/contacts(${id})`,
    })
    expect(bodyOf({ ownerid: reference({ logicalName: 'team', entitySet: 'teams' }, id) })).toEqual({
      'ownerid@odata.bind': `/teams(${id})`,
    })
  })

  test('use the casing of the SchemaName for custom columns', () => {
    expect(bodyOf({ new_project: reference(project, id), new_about: reference(project, id) })).toEqual({
      'new_Project@odata.bind': `/new_projects(${id})`,
      'new_About_new_project@odata.bind': `/new_projects(${id})`,
    })
  })

  test('are cleared by null', () => {
    expect(bodyOf({ customerid: null, new_project: null })).toEqual({
      'customerid_account@odata.bind': null,
      'new_Project@odata.bind': null,
    })
  })

  test('can refer to a row of the same change set', () => {
    expect(bodyOf({ customerid: createdInChangeSet(account, 1) })).toEqual({
      'customerid_account@odata.bind': '$1',
    })
  })

  test('refuse what is no reference or no target', () => {
    // @ts-expect-error a project is no target of customerid
    expect(() => bodyOf({ customerid: reference(project, id) })).toThrow(InvalidArgumentError)
    // @ts-expect-error an id alone does not say which table
    expect(() => bodyOf({ customerid: id })).toThrow(InvalidArgumentError)
    expect(() => bodyOf({ customerid: reference(account, "1)/evil('") })).toThrow(InvalidArgumentError)
  })
})

describe('values in a body', () => {
  test('that JSON would turn into null are refused, as null clears a column', () => {
    expect(() => client.table('new_tickets').prepare.create({ new_size: Number.NaN })).toThrow(
      InvalidArgumentError,
    )
  })

  test('that are undefined are left out', () => {
    const values = { new_name: 'a', ...JSON.parse('{}') }
    expect(bodyOf({ ...values, new_project: undefined })).toEqual({ new_name: 'a' })
  })
})

describe('keys', () => {
  test('are GUIDs or alternate keys with their quotes doubled', () => {
    const path = (key: Parameters<typeof tickets.prepare.delete>[0]) => tickets.prepare.delete(key).path
    expect(path(id)).toBe(`new_tickets(${id})`)
    expect(decodeURIComponent(path({ new_code: "O'B", new_number: 7 }))).toBe(
      "new_tickets(new_code='O''B',new_number=7)",
    )
  })

  test('with characters that the service cannot route are refused', () => {
    expect(() => tickets.prepare.delete({ emailaddress1: 'a+b@example.com' })).toThrow(/filter/)
    expect(() => tickets.prepare.delete('not-a-guid')).toThrow(InvalidArgumentError)
    expect(() => client.table('contacts?x=1')).toThrow(InvalidArgumentError)
  })
})
