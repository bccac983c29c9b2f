import { beforeAll, describe, expect, test } from 'vitest'
import { type PulledSchema, pullSchema } from '../../src/index.ts'
import { createWorld } from '../support/world.ts'
import { contactFieldCount, createOwnWorld } from './own-world.ts'

let pulled: PulledSchema

beforeAll(async () => {
  pulled = await pullSchema((await createOwnWorld()).clients)
})

const problemsAt = (where: string) =>
  pulled.problems.filter((problem) => problem.where === where).map(({ code }) => code)

describe('the columns of Dynamics 365', () => {
  test('have their type, and what belongs to it', () => {
    expect(pulled.schema.dynamics.contacts).toMatchObject({
      new_text: { type: 'text', maxLength: 77, label: 'Own text' },
      new_email: { type: 'email', maxLength: 100 },
      new_phone: { type: 'phone', maxLength: 50 },
      new_url: { type: 'url', maxLength: 200 },
      new_area: { type: 'memo', maxLength: 500 },
      new_memo: { type: 'memo', maxLength: 4000 },
      new_count: { type: 'wholeNumber', min: 0, max: 10 },
      new_big: { type: 'bigInt' },
      new_share: { type: 'decimal', precision: 4 },
      new_ratio: { type: 'float', precision: 3 },
      new_price: { type: 'money', max: 1e9, precision: 2 },
      new_vip: { type: 'boolean', labels: { true: 'VIP', false: 'Regular' } },
      new_segment: { type: 'choice', options: { 10: 'Gold', 20: 'Silver' } },
      new_interests: { type: 'choices', options: { 1: 'Sailing', 2: 'Chess' } },
      new_since: { type: 'dateOnly' },
      new_seen: { type: 'dateTime', behavior: 'userLocal' },
      new_opens: { type: 'dateTime', behavior: 'timeZoneIndependent' },
      new_partner: { type: 'lookup', targets: ['account'], navigation: { account: 'new_Partner' } },
      new_token: { type: 'uniqueId' },
      parentcustomerid: { type: 'lookup', targets: ['account', 'contact'] },
      ownerid: { type: 'owner' },
      statecode: { type: 'state', access: 'update', options: { 0: 'Active', 1: 'Inactive' } },
      statuscode: { type: 'status' },
    })
  })

  test('that are lookups name their navigation properties only where those do not follow from their names', () => {
    expect(pulled.schema.dynamics.contacts?.parentcustomerid).not.toHaveProperty('navigation')
    const { leads = {}, contacts = {}, accounts = {}, opportunities = {} } = pulled.schema.dynamics
    const named = [leads, contacts, accounts, opportunities].flatMap((columns) =>
      Object.entries(columns).flatMap(([name, column]) => ('navigation' in column ? [name] : [])),
    )
    expect(named).toEqual(['new_partner'])
  })

  test('say how they can be written and whether they must be', () => {
    const { contacts } = pulled.schema.dynamics
    expect(contacts?.new_code).toMatchObject({ access: 'create', required: 'business' })
    expect(contacts?.new_rank).toMatchObject({ access: 'read' })
    expect(contacts?.new_text).not.toHaveProperty('access')
  })

  test('are not required where the service fills them in itself', () => {
    for (const name of ['contactid', 'ownerid', 'statecode']) {
      expect(pulled.schema.dynamics.contacts?.[name], name).not.toHaveProperty('required')
    }
  })

  test('are left out with a reason where they hold no value that could be mapped', () => {
    for (const name of ['new_photo', 'new_kind', 'new_setting', 'entityimage']) {
      expect(pulled.schema.dynamics.contacts, name).not.toHaveProperty(name)
      expect(problemsAt(`contacts.${name}`), name).toEqual(['no-value'])
    }
  })

  test('that are computed can be mapped outbound, with a word about what that means', () => {
    expect(pulled.schema.dynamics.contacts?.new_total).toMatchObject({ type: 'money', access: 'read' })
    expect(problemsAt('contacts.new_total')).toEqual(['computed'])
  })

  test('are left out where the API does not show them', () => {
    for (const name of ['new_secret', 'new_partnername']) {
      expect(pulled.schema.dynamics.contacts, name).not.toHaveProperty(name)
    }
    expect(problemsAt('contacts.new_secret')).toEqual(['not-readable'])
    expect(problemsAt('contacts.new_partnername')).toEqual([])
  })

  test('are those of the four entities, or of the tables asked for', async () => {
    expect(Object.keys(pulled.schema.dynamics)).toEqual(['leads', 'contacts', 'accounts', 'opportunities'])
    const { clients } = createWorld()
    const some = await pullSchema({ ...clients, tables: ['accounts', 'leads'] })
    expect(Object.keys(some.schema.dynamics)).toEqual(['leads', 'accounts'])
  })
})

describe('a table that the environment lacks', () => {
  const ofLeads = { url: /LogicalName=(%27|')lead/i }

  test('is a problem, and the others are pulled', async () => {
    const { clients, dynamics } = createWorld()
    const unknown = { code: '0x80041102', message: "The entity with a name = 'lead' was not found." }
    const noTable = { status: 404, body: JSON.stringify({ error: unknown }) }
    dynamics.faults.each({ kind: 'rewrite', change: (answer) => ({ ...answer, ...noTable }) }, ofLeads)
    const { schema, problems } = await pullSchema({ ...clients, tables: ['leads', 'opportunities'] })
    expect(Object.keys(schema.dynamics)).toEqual(['opportunities'])
    expect(problems).toContainEqual(expect.objectContaining({ code: 'unavailable', where: 'leads' }))
  })

  test('is not what any other 404 means', async () => {
    const { clients, dynamics } = createWorld()
    dynamics.faults.each({ kind: 'status', status: 404 }, ofLeads)
    await expect(pullSchema({ ...clients, tables: ['leads'] })).rejects.toMatchObject({ status: 404 })
  })
})

describe('the fields of ActiveCampaign', () => {
  test('are all there, however many pages they take', () => {
    const { contacts } = pulled.schema.activeCampaign
    expect(Object.keys(contacts)).toHaveLength(contactFieldCount + 5)
    expect(contacts).toMatchObject({
      email: { type: 'email' },
      account: { type: 'account' },
      POSITION: { type: 'text', label: 'Position' },
      OWN_DROPDOWN: { type: 'dropdown', options: ['Gold', 'Silver'] },
      OWN_LISTBOX: { type: 'listbox' },
    })
  })

  test('of accounts and custom objects too', () => {
    expect(pulled.schema.activeCampaign.accounts).toMatchObject({
      name: { type: 'text' },
      TIER: { type: 'dropdown', options: ['A', 'B'] },
      REGIONS: { type: 'multiselect' },
      REVENUE: { type: 'currency', currency: 'EUR' },
    })
    const project = pulled.schema.activeCampaign.objects?.project ?? {}
    expect(Object.keys(project)).toEqual(['__proto__', 'price', 'stage', 'title', 'weight'])
    expect(project).toMatchObject({
      weight: { type: 'number' },
      price: { type: 'currency', currency: 'USD' },
      stage: { type: 'dropdown', options: ['Lost', 'Won'] },
    })
  })

  test('are left out with a reason where mappings do not know them', () => {
    expect(problemsAt('accounts.CONTRACT')).toEqual(['unknown-type'])
    expect(problemsAt('accounts.BUDGET')).toEqual(['no-currency'])
  })

  test('without a name of their own are left out, the older of two keeps a shared one', async () => {
    const { clients, activeCampaign } = createWorld()
    const position = { title: 'Other position', type: 'date', perstag: 'POSITION' }
    activeCampaign.insert('fields', position)
    activeCampaign.insert('fields', { title: 'Nameless', type: 'text', perstag: '' })
    const { schema, problems } = await pullSchema({ ...clients, tables: [] })
    expect(schema.activeCampaign.contacts.POSITION).toMatchObject({ type: 'text' })
    expect(problems.map(({ where, code }) => `${where} ${code}`)).toEqual([
      'contacts.POSITION duplicate-name',
      'contacts no-name',
    ])
  })

  test('need no custom objects', async () => {
    const { clients, activeCampaign } = createWorld()
    activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'customObjects.schemas.list' })
    const { schema, problems } = await pullSchema({ ...clients, tables: [] })
    expect(schema.activeCampaign.objects).toEqual({})
    expect(problems).toEqual([expect.objectContaining({ code: 'unavailable', where: 'objects' })])
  })
})

test('labels that cannot be told apart are a problem, not an end', async () => {
  const { clients, dynamics } = createWorld()
  dynamics.defineColumn('contact', {
    name: 'new_Twice',
    type: 'choice',
    options: [
      { value: 1, label: 'Same' },
      { value: 2, label: 'Same' },
    ],
  })
  const { schema, problems } = await pullSchema({ ...clients, tables: ['contacts'] })
  expect(schema.dynamics.contacts).toHaveProperty('new_twice')
  expect(problems).toContainEqual(
    expect.objectContaining({ code: 'ambiguous-labels', where: 'contacts.new_twice' }),
  )
})

test('the report names the columns that fit each field, and why none does', () => {
  const of = (entity: string, field: string) =>
    pulled.report.find((line) => line.entity === entity && line.field === field)
  expect(of('contacts', 'OWN_LISTBOX')?.columns.map(({ name }) => name)).toContain('new_interests')
  expect(of('contacts', 'email')?.columns.map(({ name }) => name)).toContain('new_email')
  expect(of('leads', 'OWN_CHECKBOX')).toMatchObject({
    columns: [],
    reason: expect.stringContaining('multi-select'),
  })
  expect(of('opportunities', 'stage')).toMatchObject({ object: 'project' })
  expect(of('opportunities', 'stage')?.columns.every(({ flow }) => flow === 'outbound')).toBe(true)
})

test('stops when asked to', async () => {
  const { clients } = createWorld()
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(pullSchema({ ...clients, signal })).rejects.toThrow('enough')
})
