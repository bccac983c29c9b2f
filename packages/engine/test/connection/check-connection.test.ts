import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import {
  column,
  defineSync,
  extendSchema,
  field,
  map,
  type SyncDefinition,
  standardMappings,
} from '@dynacamp/mapping-dsl'
import type { Answer } from '@dynacamp/simulators'
import { describe, expect, test } from 'vitest'
import { type CheckConnectionOptions, checkConnection, renderConnection } from '../../src/index.ts'
import { createWorld, schema } from '../support/world.ts'

const everything = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    fields: [...standardMappings.contacts, map('jobtitle', 'POSITION', { direction: 'outbound' })],
  },
  accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
  opportunities: { object: 'd365-opportunity', fields: [map('name', 'name', { as: 'text' })] },
})

const onlyContacts = defineSync(schema, {
  contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
  optOut: { direction: 'outbound' },
})

const connect = (world: ReturnType<typeof createWorld>, over: Partial<CheckConnectionOptions> = {}) =>
  checkConnection({
    dynamics: () => world.clients.dynamics,
    activeCampaign: () => world.clients.activeCampaign,
    definition: everything,
    schema,
    ...over,
  })

type Report = Awaited<ReturnType<typeof checkConnection>>

const failuresOf = ({ steps }: Report) =>
  steps.flatMap((step) =>
    step.status === 'failed' ? [{ id: step.id, found: step.found, remedy: step.remedy }] : [],
  )

const blockedBy = ({ steps }: Report) =>
  new Set(steps.flatMap((step) => (step.status === 'skipped' && step.because !== null ? [step.because] : [])))

const secretIn = (report: Report, ...secrets: readonly string[]) =>
  secrets.filter((secret) => JSON.stringify(report).includes(secret))

/** A D365 client with other settings than the world's. */
const dynamicsWith = (
  { dynamics, clock }: ReturnType<typeof createWorld>,
  over: { readonly environmentUrl?: string; readonly clientId?: string; readonly clientSecret?: string },
) => {
  const { environmentUrl = dynamics.baseUrl, ...credentials } = over
  return createDynamicsClient({
    environmentUrl,
    credentials: clientCredentials({ ...dynamics.credentials, loginUrl: dynamics.loginUrl, ...credentials }),
    fetch: dynamics.fetch,
    clock,
    random: () => 0.5,
  })
}

const notFound = (answer: Answer): Answer => ({ ...answer, status: 404, body: '<html>Not here</html>' })

describe('a connection with everything in place', () => {
  test('is a list of steps that are ok, and changes nothing', async () => {
    const world = createWorld()
    const report = await connect(world)
    expect(report.steps.filter(({ status }) => status === 'failed')).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.steps.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'definition ok',
      'dynamics.settings ok',
      'dynamics.sign-in ok',
      'dynamics.host ok',
      'dynamics.user ok',
      'dynamics.organisation ok',
      'dynamics.privileges ok',
      'dynamics.accounts.read ok',
      'dynamics.accounts.write skipped',
      'dynamics.accounts.change-tracking ok',
      'dynamics.contacts.read ok',
      'dynamics.contacts.write ok',
      'dynamics.contacts.change-tracking ok',
      'dynamics.opportunities.read ok',
      'dynamics.opportunities.write skipped',
      'dynamics.opportunities.change-tracking ok',
      'activecampaign.settings ok',
      'activecampaign.host ok',
      'activecampaign.key ok',
      'activecampaign.account ok',
      'activecampaign.contacts ok',
      'activecampaign.fields ok',
      'activecampaign.lists ok',
      'activecampaign.accounts ok',
      'activecampaign.custom-objects ok',
    ])
    const { schemas } = world.clients.activeCampaign.customObjects
    expect(await schemas.list().toArray()).toEqual([])
    expect(renderConnection(report)).toContain('Everything that the sync needs is there.')
  })

  test('looks at no more than the definition needs, and at everything without one', async () => {
    const world = createWorld()
    const narrow = await connect(world, { definition: onlyContacts })
    expect(narrow.ok).toBe(true)
    expect(narrow.steps.map(({ id }) => id)).not.toContain('dynamics.accounts.read')
    expect(narrow.steps.find(({ id }) => id === 'activecampaign.custom-objects')).toMatchObject({
      status: 'skipped',
      because: null,
    })
    const broad = await checkConnection({
      dynamics: () => world.clients.dynamics,
      activeCampaign: () => world.clients.activeCampaign,
    })
    expect(broad.ok).toBe(true)
    expect(broad.steps.map(({ id }) => id)).toContain('dynamics.leads.change-tracking')
  })
})

describe('settings that cannot be right', () => {
  test('are steps, not exceptions', async () => {
    const world = createWorld()
    const report = await connect(world, {
      dynamics: () => dynamicsWith(world, { environmentUrl: 'http://contoso.crm4.dynamics.com' }),
      activeCampaign: () => createActiveCampaignClient({ url: 'contoso', key: 'x' }),
    })
    expect(failuresOf(report).map(({ id }) => id)).toEqual(['dynamics.settings', 'activecampaign.settings'])
    expect(blockedBy(report)).toEqual(new Set(['dynamics.settings', 'activecampaign.settings']))
    expect(report.ok).toBe(false)
    expect(renderConnection(report)).toContain('2 of 25 steps failed')
  })

  test('what the definition will not do is told with its step', async () => {
    const { steps } = await connect(createWorld(), { definition: onlyContacts })
    expect(steps.find(({ id }) => id === 'definition')).toMatchObject({
      status: 'ok',
      found: expect.stringMatching(/^It fits the schema\. Warning at contacts\.fields: .*accounts are off/),
    })
  })

  test('a definition that does not fit its schema is one', async () => {
    const definition: SyncDefinition = {
      ...onlyContacts,
      optOut: { ...onlyContacts.optOut, columns: ['jobtitle'] },
    }
    const report = await connect(createWorld(), { definition })
    expect(failuresOf(report).map(({ id }) => id)).toEqual(['definition'])
  })
})

describe('Dynamics 365', () => {
  test('refuses a wrong secret at the sign-in, and the secret is not told', async () => {
    const world = createWorld()
    const report = await connect(world, {
      dynamics: () => dynamicsWith(world, { clientSecret: 'wrong-secret-42' }),
    })
    expect(failuresOf(report)).toEqual([
      {
        id: 'dynamics.sign-in',
        found: expect.stringContaining('invalid_client'),
        remedy: expect.stringContaining('client secret'),
      },
    ])
    expect(blockedBy(report)).toEqual(new Set(['dynamics.sign-in']))
    expect(secretIn(report, 'wrong-secret-42', world.dynamics.credentials.clientSecret)).toEqual([])
  })

  test('that does not answer is the host’s failure', async () => {
    const world = createWorld()
    world.dynamics.faults.each({ kind: 'cut', when: 'before' }, { operation: 'WhoAmI' })
    const report = await connect(world)
    expect(failuresOf(report).map(({ id }) => id)).toEqual(['dynamics.host'])
    expect(blockedBy(report)).toEqual(new Set(['dynamics.host']))
  })

  test('another site in its place is the host’s failure too', async () => {
    const world = createWorld()
    world.dynamics.faults.each({ kind: 'rewrite', change: notFound }, { operation: 'WhoAmI' })
    expect(failuresOf(await connect(world)).map(({ id }) => id)).toEqual(['dynamics.host'])
  })

  test('lacks the application user', async () => {
    const world = createWorld()
    const stranger = world.dynamics.defineApplicationUser({ name: 'Stranger', roles: [] })
    world.dynamics.remove('systemuser', stranger.userId)
    const report = await connect(world, { dynamics: () => dynamicsWith(world, stranger) })
    expect(failuresOf(report)).toEqual([
      { id: 'dynamics.user', found: expect.any(String), remedy: expect.stringContaining('application user') },
    ])
  })

  test('names the privileges that are missing, and those that do not reach far enough', async () => {
    const world = createWorld()
    const role = world.dynamics.defineRole({
      name: 'Half',
      privileges: {
        prvReadOrganization: 'Global',
        prvReadUser: 'Global',
        prvReadContact: 'Local',
        prvReadAccount: 'Global',
        prvReadOpportunity: 'Global',
        prvWriteContact: 'Global',
        prvAppendContact: 'Global',
      },
    })
    const half = world.dynamics.defineApplicationUser({ name: 'Half', roles: [role] })
    const report = await connect(world, { dynamics: () => dynamicsWith(world, half) })
    expect(failuresOf(report).map(({ id, found }) => [id, found])).toEqual([
      ['dynamics.contacts.read', expect.stringContaining('prvReadContact')],
      [
        'dynamics.contacts.write',
        'The application user lacks prvAppendToContact for the whole organisation.',
      ],
    ])
    expect(blockedBy(report)).toEqual(new Set())
  })

  test('does not track changes of a table', async () => {
    const world = createWorld()
    world.dynamics.trackChanges('contact', false)
    expect(failuresOf(await connect(world))).toEqual([
      {
        id: 'dynamics.contacts.change-tracking',
        found: expect.stringContaining('off'),
        remedy: expect.stringContaining('Track changes'),
      },
    ])
  })

  test('lacks a mapped column', async () => {
    const wider = extendSchema(schema, { dynamics: { contacts: { new_gone: column.text(20) } } })
    const fields = [...standardMappings.contacts, map('new_gone', 'CITY')] as const
    const definition = defineSync(wider, { contacts: { direction: 'outbound', fields } })
    const report = await connect(createWorld(), { definition, schema: wider })
    expect(failuresOf(report)).toEqual([
      {
        id: 'dynamics.contacts.read',
        found: expect.stringContaining('new_gone'),
        remedy: expect.any(String),
      },
    ])
  })
})

describe('ActiveCampaign', () => {
  test('refuses a wrong key, and the key is not told', async () => {
    const world = createWorld()
    const { baseUrl: url, fetch } = world.activeCampaign
    const key = 'wrong-key-42'
    const activeCampaign = () =>
      createActiveCampaignClient({ url, key, fetch, clock: world.clock, random: () => 0.5 })
    const report = await connect(world, { activeCampaign })
    expect(failuresOf(report).map(({ id }) => id)).toEqual(['activecampaign.key'])
    expect(blockedBy(report)).toEqual(new Set(['activecampaign.key']))
    expect(secretIn(report, key)).toEqual([])
  })

  test('that does not answer, or is another site, is the host’s failure', async () => {
    for (const fault of [
      { kind: 'cut', when: 'before' } as const,
      { kind: 'rewrite', change: notFound } as const,
    ]) {
      const world = createWorld()
      world.activeCampaign.faults.each(fault, { operation: 'users.me' })
      expect(failuresOf(await connect(world)).map(({ id }) => id)).toEqual(['activecampaign.host'])
    }
  })

  test('without custom objects, or without accounts, says which plan feature is missing', async () => {
    const world = createWorld({ behaviour: { customObjects: false } })
    world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { operation: 'accounts.list' })
    expect(failuresOf(await connect(world)).map(({ id, remedy }) => [id, remedy])).toEqual([
      ['activecampaign.accounts', expect.stringContaining('plan')],
      ['activecampaign.custom-objects', expect.stringContaining('plan')],
    ])
  })

  test('does not show lists, or what custom fields hold', async () => {
    for (const [url, id] of [
      [/\/lists\b/, 'activecampaign.lists'],
      [/\/contactLists\b/, 'activecampaign.lists'],
      [/\/fieldValues\b/, 'activecampaign.fields'],
    ] as const) {
      const world = createWorld()
      world.activeCampaign.faults.each({ kind: 'status', status: 403 }, { url })
      expect(failuresOf(await connect(world))).toMatchObject([
        { id, remedy: expect.stringContaining('Users and Groups') },
      ])
    }
  })

  test('has no column that the definition maps', async () => {
    const wider = extendSchema(schema, { dynamics: { contacts: { new_gone: column.text() } } })
    const fields = [...standardMappings.contacts, map('new_gone', 'POSITION')] as const
    const definition = defineSync(wider, { contacts: { direction: 'bidirectional', fields } })
    expect(failuresOf(await connect(createWorld(), { definition, schema: wider }))).toEqual([
      {
        id: 'dynamics.contacts.read',
        found: expect.stringContaining('new_gone'),
        remedy: expect.stringContaining('take it out of the definition'),
      },
    ])
  })

  test('has no list of an id that the definition names', async () => {
    const world = createWorld()
    const { id } = world.activeCampaign.insert('lists', { name: 'Letters' })
    const named = (...lists: readonly string[]) =>
      connect(world, { definition: { ...everything, optOut: { ...everything.optOut, lists } } })
    expect((await named(String(id))).ok).toBe(true)
    expect(failuresOf(await named(String(id), '98', '99'))).toEqual([
      {
        id: 'activecampaign.lists',
        found: expect.stringContaining('98, 99'),
        remedy: expect.stringContaining('optOut.lists'),
      },
    ])
  })

  test('lacks a mapped custom field', async () => {
    const world = createWorld()
    const [position] = world.activeCampaign.fields()
    world.activeCampaign.remove('fields', position?.id ?? '')
    expect(failuresOf(await connect(world))).toEqual([
      { id: 'activecampaign.fields', found: expect.stringContaining('POSITION'), remedy: expect.any(String) },
    ])
  })
})

test('fields of accounts, and the currencies of amounts, are looked at where they are mapped', async () => {
  const world = createWorld()
  const wider = extendSchema(schema, { activeCampaign: { accounts: { BUDGET: field.currency('EUR') } } })
  const definition = defineSync(wider, {
    accounts: {
      direction: 'outbound',
      fields: [...standardMappings.accounts, map('creditlimit', 'BUDGET')],
    },
  })
  const privileges = {
    prvReadOrganization: 'Global',
    prvReadUser: 'Global',
    prvReadAccount: 'Global',
  } as const
  const role = world.dynamics.defineRole({ name: 'Reader', privileges })
  const reader = world.dynamics.defineApplicationUser({ name: 'Reader', roles: [role] })
  const dynamics = () => dynamicsWith(world, reader)
  const report = await connect(world, { definition, schema: wider, dynamics })
  expect(failuresOf(report).map(({ id, found }) => [id, found])).toEqual([
    ['dynamics.accounts.read', expect.stringContaining('prvReadTransactionCurrency')],
    ['activecampaign.accounts', expect.stringContaining('BUDGET')],
  ])
})

test('an aborted check throws the reason', async () => {
  const reason = new Error('enough')
  await expect(connect(createWorld(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})
