import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pullSchema } from '../src/index.ts'
import {
  ana,
  companiesOf,
  companySchema,
  contoso,
  createCompanyWorld,
  fabrikam,
} from './support/company-world.ts'
import { syncOnce, type TestWorld } from './support/world.ts'

const kindsOf = ({ actions }: { readonly actions: readonly { readonly kind: string }[] }) =>
  actions.map(({ kind }) => kind).sort()

/** One company with one person in it, in D365 only. */
const withContoso = (): TestWorld => {
  const world = createCompanyWorld()
  world.dynamics.insert('account', {
    accountid: contoso,
    name: 'Contoso',
    websiteurl: 'https://contoso.example',
    revenue: 1234.5,
    new_sectors: '1,2',
  })
  world.dynamics.insert('contact', {
    contactid: ana,
    emailaddress1: 'ana@example.com',
    lastname: 'Novak',
    'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
  })
  return world
}

const untilQuiet = async (world: TestWorld, over = {}): Promise<void> => {
  const sync = world.newSync(over)
  for (let round = 0; round < 5; round += 1) {
    const { plan } = await syncOnce(sync)
    if (plan.actions.length === 0) return
  }
  throw new Error('five runs were not enough')
}

const accountNamed = (world: TestWorld, name: string): string =>
  String(world.activeCampaign.rows('accounts').find((row) => row.name === name)?.id)
const contactId = (world: TestWorld): string => String(world.activeCampaign.contacts()[0]?.id)
const rowOf = (world: TestWorld, id: string) =>
  world.dynamics.rows('account').find(({ accountid }) => accountid === id)

describe('companies and the people in them', () => {
  test('go to ActiveCampaign in one run, with their fields, and then nothing is left to do', async () => {
    const world = withContoso()
    const { plan, report } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toEqual([
      'create-active-campaign-account',
      'create-active-campaign-contact',
      'set-active-campaign-account',
    ])
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(companiesOf(world).activeCampaign).toEqual({
      accounts: ['Contoso'],
      people: { 'ana@example.com': 'Contoso' },
    })
    const values = await world.clients.activeCampaign.accountFieldValues.list().toArray()
    expect(values.map(({ fieldValue, fieldCurrency }) => [fieldValue, fieldCurrency])).toEqual([
      [123_450, 'EUR'],
      [['Logistics', 'Retail'], null],
    ])
    expect((await world.sync.plan()).actions).toEqual([])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('come from ActiveCampaign in one run, the row of the company first', async () => {
    const world = createCompanyWorld()
    const { accounts, contacts, accountContacts, accountFields } = world.clients.activeCampaign
    const [revenue] = await accountFields.list().toArray()
    const fields = [{ customFieldId: revenue?.id ?? '', fieldValue: 129_900, fieldCurrency: 'EUR' }]
    const account = await accounts.create({
      name: 'Northwind',
      accountUrl: 'https://northwind.example',
      fields,
    })
    const { contact } = await contacts.create({ email: 'bea@example.com', lastName: 'Bauer' })
    await accountContacts.create({ contact: contact.id, account: account.id })
    const { plan, report } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toEqual(['create-dynamics-record', 'create-dynamics-record'])
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(companiesOf(world).dynamics).toEqual({
      accounts: ['Northwind'],
      people: { 'bea@example.com': 'Northwind' },
    })
    expect(world.dynamics.rows('account')).toMatchObject([{ websiteurl: 'https://northwind.example' }])
    // Nobody says in which currency the new row counts.
    expect(plan.holds).toMatchObject([{ field: 'revenue:REVENUE', reason: { code: 'bad-value' } }])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('that both sides have by name are linked, and what is blank is filled', async () => {
    const world = withContoso()
    world.activeCampaign.insert('accounts', { name: 'Contoso' })
    const { plan } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toContain('link-records')
    expect(kindsOf(plan)).toContain('update-active-campaign-account')
    expect(companiesOf(world).activeCampaign.accounts).toEqual(['Contoso'])
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Contoso' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('of one name in D365 are held, and so is who works there', async () => {
    const world = withContoso()
    world.dynamics.insert('account', { accountid: fabrikam, name: 'CONTOSO' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.holds.map(({ entity, reason }) => [entity, reason.code])).toEqual([
      ['accounts', 'shared-key'],
      ['accounts', 'shared-key'],
      ['contacts', 'reference-not-in-sync'],
    ])
    expect(companiesOf(world).activeCampaign).toEqual({ accounts: [], people: { 'ana@example.com': null } })
    world.dynamics.update('account', fabrikam, { name: 'Fabrikam' })
    await untilQuiet(world)
    expect(companiesOf(world).activeCampaign).toEqual({
      accounts: ['Contoso', 'Fabrikam'],
      people: { 'ana@example.com': 'Contoso' },
    })
  })
})

describe('a change of a company', () => {
  test('follows both ways, its name and its custom fields', async () => {
    const world = withContoso()
    await syncOnce(world.sync)
    world.dynamics.update('account', contoso, { name: 'Contoso Ltd' })
    const { accounts, accountFields } = world.clients.activeCampaign
    const [revenue] = await accountFields.list().toArray()
    const fields = [{ customFieldId: revenue?.id ?? '', fieldValue: 99, fieldCurrency: 'EUR' }]
    await accounts.update(accountNamed(world, 'Contoso'), { fields })
    const { plan } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toEqual(['update-active-campaign-account', 'update-dynamics-record'])
    expect(companiesOf(world).activeCampaign.accounts).toEqual(['Contoso Ltd'])
    expect(rowOf(world, contoso)).toMatchObject({ revenue: 0.99 })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('is held where the new name belongs to another account', async () => {
    const world = withContoso()
    await syncOnce(world.sync)
    world.activeCampaign.insert('accounts', { name: 'Fabrikam' })
    world.dynamics.update('account', contoso, { name: 'fabrikam', websiteurl: 'https://new.example' })
    const { plan } = await syncOnce(world.sync)
    expect(plan.holds).toMatchObject([
      { entity: 'accounts', field: 'name:name', reason: { code: 'key-taken' } },
      { entity: 'accounts', field: null, reason: { code: 'linked-elsewhere' } },
    ])
    expect(world.activeCampaign.rows('accounts')).toMatchObject([
      { name: 'Contoso', accountUrl: 'https://new.example' },
      { name: 'Fabrikam' },
    ])
  })

  test('is not applied when the account changed after the plan', async () => {
    const world = withContoso()
    await syncOnce(world.sync)
    world.dynamics.update('account', contoso, { websiteurl: 'https://new.example' })
    const plan = await world.sync.plan()
    await world.clients.activeCampaign.accounts.update(accountNamed(world, 'Contoso'), {
      accountUrl: 'https://theirs.example',
    })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes).toMatchObject([{ status: 'stale' }])
    expect(world.activeCampaign.rows('accounts')).toMatchObject([{ accountUrl: 'https://theirs.example' }])
  })

  test('that somebody made after the plan is matched, not doubled', async () => {
    const world = withContoso()
    const plan = await world.sync.plan()
    world.activeCampaign.insert('accounts', { name: 'contoso' })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.map(({ status, code }) => [status, code])).toContainEqual(['stale', 'account-exists'])
    await untilQuiet(world)
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'contoso' })
  })

  test('of a deleted row is a deleted account, where the definition says so; its people stay in ActiveCampaign', async () => {
    const world = withContoso()
    await syncOnce(world.sync)
    world.dynamics.remove('account', contoso)
    await untilQuiet(world)
    expect(companiesOf(world)).toEqual({
      // D365 deletes an account's contacts with it.
      dynamics: { accounts: [], people: {} },
      activeCampaign: { accounts: [], people: { 'ana@example.com': null } },
    })
  })

  test('of a deleted account leaves the row, by the default policy', async () => {
    const world = withContoso()
    await syncOnce(world.sync)
    await world.clients.activeCampaign.accounts.delete(accountNamed(world, 'Contoso'))
    const { plan } = await syncOnce(world.sync)
    expect(plan.actions).toEqual([])
    expect(plan.skips).toMatchObject([{ entity: 'accounts', reason: { code: 'deleted' } }])
    expect(companiesOf(world).dynamics.people).toEqual({ 'ana@example.com': 'Contoso' })
  })
})

describe('who moves to another company', () => {
  const withTwo = async () => {
    const world = withContoso()
    world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
    await untilQuiet(world)
    return world
  }

  test('in D365 moves in ActiveCampaign, and keeps the job title', async () => {
    const world = await withTwo()
    world.activeCampaign.update('accountContacts', '1', { jobTitle: 'Buyer' })
    world.dynamics.update('contact', ana, {
      'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
    })
    const { plan, report } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toEqual(['set-active-campaign-account'])
    expect(report.outcomes).toMatchObject([{ status: 'done' }])
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Fabrikam' })
    expect(world.activeCampaign.rows('accountContacts')).toMatchObject([{ jobTitle: 'Buyer' }])
    expect((await world.sync.plan()).actions).toEqual([])
    expect((await world.sync.plan({ full: true })).actions).toEqual([])
  })

  test('in ActiveCampaign moves in D365, although the contact itself does not change', async () => {
    const world = await withTwo()
    const { accountContacts } = world.clients.activeCampaign
    await accountContacts.move({ contact: contactId(world), account: accountNamed(world, 'Fabrikam') })
    const { plan } = await syncOnce(world.sync)
    expect(kindsOf(plan)).toEqual(['update-dynamics-record'])
    expect(companiesOf(world).dynamics.people).toEqual({ 'ana@example.com': 'Fabrikam' })
    expect((await world.sync.plan()).actions).toEqual([])
  })

  for (const count of [1, 12]) {
    test(`where the row of the new company is gone in that moment, ${count} of them are held, and no row is taken for gone`, async () => {
      const world = await withTwo()
      for (let n = 1; n < count; n += 1)
        world.dynamics.insert('contact', { emailaddress1: `p${n}@example.com`, lastname: 'P' })
      await untilQuiet(world)
      const fabrikamThere = accountNamed(world, 'Fabrikam')
      const { accountContacts } = world.clients.activeCampaign
      for (const { id } of world.activeCampaign.contacts())
        await accountContacts.move({ contact: id, account: fabrikamThere })
      const plan = await world.sync.plan()
      const remove = () => world.dynamics.remove('account', fabrikam)
      const write = count === 1 ? { method: 'PATCH' } : { url: /\$batch/ }
      world.dynamics.faults.next({ kind: 'meanwhile', run: remove }, write)
      const { outcomes } = await world.sync.apply(plan)
      expect(outcomes.map(({ status, code, remedy }) => [status, code, remedy])).toEqual(
        Array(count).fill(['failed', '0x80040217', 'hold']),
      )
      expect(outcomes[0]?.message).toContain("Entity 'Account' With Id = ")
      // The rows are known as before: the next run holds their relation, for the account that is gone.
      await world.sync.run()
      expect(world.dynamics.rows('contact')).toHaveLength(count)
      expect(world.activeCampaign.contacts()).toHaveLength(count)
      for (const { contactid } of world.dynamics.rows('contact')) {
        const why = await world.sync.why({ side: 'dynamics', entity: 'contacts', id: String(contactid) })
        expect(why.join(' ')).toContain('not in sync')
      }
    })
  }

  test('in ActiveCampaign while a run puts somebody else into a company is seen by the next run', async () => {
    const world = await withTwo()
    const joins = { 'parentcustomerid_account@odata.bind': `/accounts(${contoso})` }
    world.dynamics.insert('contact', { emailaddress1: 'bea@example.com', lastname: 'Bauer', ...joins })
    await untilQuiet(world)
    world.dynamics.insert('contact', { emailaddress1: 'cleo@example.com', lastname: 'Cleo', ...joins })
    const [contact, account] = [contactId(world), accountNamed(world, 'Fabrikam')]
    const move = (): void => {
      for (const row of world.activeCampaign.rows('accountContacts'))
        if (row.contact === contact) world.activeCampaign.remove('accountContacts', String(row.id))
      world.activeCampaign.insert('accountContacts', { contact, account })
    }
    world.activeCampaign.faults.next({ kind: 'meanwhile', run: move }, { operation: 'contacts.create' })
    await world.sync.run()
    expect(companiesOf(world).activeCampaign.people).toMatchObject({ 'cleo@example.com': 'Contoso' })
    await world.sync.run()
    expect(companiesOf(world).dynamics.people).toEqual({
      'ana@example.com': 'Fabrikam',
      'bea@example.com': 'Contoso',
      'cleo@example.com': 'Contoso',
    })
  })

  test('on both sides to different ones is a conflict that the policy decides', async () => {
    const world = await withTwo()
    const northwind = world.activeCampaign.insert('accounts', { name: 'Northwind' })
    await untilQuiet(world)
    world.dynamics.update('contact', ana, {
      'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
    })
    const { accountContacts } = world.clients.activeCampaign
    await accountContacts.move({ contact: contactId(world), account: String(northwind.id) })
    const { plan } = await syncOnce(world.sync)
    expect(plan.conflicts).toMatchObject([{ field: 'parentcustomerid:account', winner: 'dynamics' }])
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Fabrikam' })
  })

  test('and works for a person in D365 is held, and keeps the account in ActiveCampaign', async () => {
    const world = await withTwo()
    const boss = world.dynamics.insert('contact', { lastname: 'Boss' })
    world.dynamics.update('contact', ana, { 'parentcustomerid_contact@odata.bind': `/contacts(${boss})` })
    const { plan } = await syncOnce(world.sync)
    expect(plan.holds).toMatchObject([
      { field: 'parentcustomerid:account', reason: { code: 'reference-other-table' } },
    ])
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Contoso' })
  })

  test('as a lead moves like a contact', async () => {
    const world = createCompanyWorld()
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
    const lead = world.dynamics.insert('lead', {
      emailaddress1: 'leo@example.com',
      lastname: 'Leo',
      subject: 'Fair',
      'parentaccountid@odata.bind': `/accounts(${contoso})`,
    })
    await untilQuiet(world)
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'leo@example.com': 'Contoso' })
    const { accountContacts } = world.clients.activeCampaign
    await accountContacts.move({ contact: contactId(world), account: accountNamed(world, 'Fabrikam') })
    await untilQuiet(world)
    expect(companiesOf(world).dynamics.people).toEqual({ 'leo@example.com': 'Fabrikam' })
    expect(world.dynamics.rows('lead')).toMatchObject([{ leadid: lead }])
  })

  test('is not moved when somebody else moved the contact after the plan', async () => {
    const world = await withTwo()
    const northwind = world.activeCampaign.insert('accounts', { name: 'Northwind' })
    world.dynamics.update('contact', ana, {
      'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
    })
    const plan = await world.sync.plan()
    const { accountContacts } = world.clients.activeCampaign
    await accountContacts.move({ contact: contactId(world), account: String(northwind.id) })
    const { outcomes } = await world.sync.apply(plan)
    expect(outcomes.find(({ kind }) => kind === 'set-active-campaign-account')).toMatchObject({
      status: 'stale',
    })
    expect(companiesOf(world).activeCampaign.people).toEqual({ 'ana@example.com': 'Northwind' })
  })
})

describe('calls', () => {
  const callsOf = async (world: TestWorld, work: () => Promise<unknown>) => {
    const before = { ...world.activeCampaign.calls.byOperation }
    await work()
    return Object.fromEntries(
      Object.entries(world.activeCampaign.calls.byOperation)
        .map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const)
        .filter(([operation, count]) => count > 0 && /^account/.test(operation)),
    )
  }

  test('accounts that are off are not read, nor is who is in them', async () => {
    const off = defineSync(companySchema, {
      accounts: { enabled: false, direction: 'bidirectional', fields: [...standardMappings.accounts] },
      contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
    })
    const world = createCompanyWorld({ definition: off })
    world.dynamics.insert('contact', { emailaddress1: 'ana@example.com', lastname: 'Novak' })
    expect(await callsOf(world, () => syncOnce(world.sync))).toEqual({})
    expect(world.activeCampaign.contacts()).toHaveLength(1)
  })

  test('a lookup that is mapped by its label flows by its label, with accounts off', async () => {
    const byLabel = defineSync(companySchema, {
      contacts: {
        direction: 'outbound',
        fields: [map('emailaddress1', 'email'), map('parentcustomerid', 'CITY')],
      },
    })
    const world = createCompanyWorld({ definition: byLabel })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    world.dynamics.insert('contact', {
      emailaddress1: 'ana@example.com',
      lastname: 'Novak',
      'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
    })
    await untilQuiet(world)
    expect(world.activeCampaign.contacts()).toMatchObject([{ fields: { CITY: 'Contoso' } }])
  })

  test('a lookup of one’s own is written through its navigation property, whose name has capitals', async () => {
    const world = createCompanyWorld()
    world.dynamics.defineColumn('contact', {
      name: 'new_Employer',
      type: 'lookup',
      targets: { account: 'new_contact_Employer_account' },
    })
    const { schema } = await pullSchema(world.clients)
    const definition = defineSync(schema, {
      accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
      contacts: {
        direction: 'bidirectional',
        createInDynamics: 'all',
        fields: [map('emailaddress1', 'email'), map('lastname', 'lastName'), map('new_employer', 'account')],
      },
    })
    const sync = world.newSync({ definition, schema })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    await sync.run()
    const contact = world.activeCampaign.insertContact({ email: 'ana@example.com', lastName: 'Novak' })
    const account = accountNamed(world, 'Contoso')
    world.activeCampaign.insert('accountContacts', { contact: contact.id, account })
    await sync.run()
    expect(await Array.fromAsync(sync.setAsides.list())).toEqual([])
    expect(world.dynamics.rows('contact')).toMatchObject([{ _new_employer_value: contoso }])
  })

  test('outbound accounts are read by a full run only', async () => {
    const outbound = defineSync(companySchema, {
      accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
      contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
    })
    const world = createCompanyWorld({ definition: outbound })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    await untilQuiet(world)
    expect(await callsOf(world, () => world.sync.plan())).toEqual({ 'accountContacts.list': 1 })
    expect(await callsOf(world, () => world.sync.plan({ full: true }))).toEqual({
      'accounts.list': 1,
      'accountContacts.list': 1,
    })
  })

  test('who is in which account takes one call while nobody moves, however many there are', async () => {
    const world = createCompanyWorld({ behaviour: { pageLimit: 5 } })
    const account = String(world.activeCampaign.insert('accounts', { name: 'Contoso' }).id)
    const links = Array.from({ length: 23 }, (_, index) => {
      const contact = world.activeCampaign.insertContact({ email: `p${index}@example.com`, lastName: 'P' })
      return String(world.activeCampaign.insert('accountContacts', { contact: contact.id, account }).id)
    })
    await untilQuiet(world)
    const atWork = () => Object.values(companiesOf(world).dynamics.people).filter(Boolean).length
    expect(atWork()).toBe(23)
    const reading = () => callsOf(world, () => world.sync.plan())
    expect((await reading())['accountContacts.list']).toBe(1)
    // A new one is found at the end.
    const added = world.activeCampaign.insertContact({ email: 'new@example.com', lastName: 'New' })
    world.activeCampaign.insert('accountContacts', { contact: added.id, account })
    expect((await reading())['accountContacts.list']).toBe(1)
    await untilQuiet(world)
    expect(atWork()).toBe(24)
    // One that went away is found by reading all of them.
    world.activeCampaign.remove('accountContacts', links[3] ?? '')
    expect((await reading())['accountContacts.list']).toBeGreaterThan(5)
    expect((await reading())['accountContacts.list']).toBe(1)
  })
})

describe('an account that only flows outbound', () => {
  test('is matched after an answer was lost, although accounts are not read', async () => {
    const outbound = defineSync(companySchema, {
      accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
    })
    const world = createCompanyWorld({ definition: outbound })
    await untilQuiet(world)
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    world.activeCampaign.faults.next({ kind: 'cut', when: 'after' }, { method: 'POST' })
    await untilQuiet(world)
    expect(world.activeCampaign.rows('accounts')).toHaveLength(1)
    world.dynamics.update('account', contoso, { name: 'Contoso Ltd' })
    await untilQuiet(world)
    expect(world.activeCampaign.rows('accounts')).toMatchObject([{ name: 'Contoso Ltd' }])
  })

  test('and was edited in ActiveCampaign unseen is merged as the look before the write found it', async () => {
    const outbound = defineSync(companySchema, {
      accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
    })
    const world = createCompanyWorld({ definition: outbound })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    await untilQuiet(world)
    const byOthers = { accountUrl: 'https://other.example' }
    await world.clients.activeCampaign.accounts.update(accountNamed(world, 'Contoso'), byOthers)
    world.dynamics.update('account', contoso, { websiteurl: 'https://contoso.example' })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes).toMatchObject([{ status: 'stale', code: 'account-changed' }])
    await untilQuiet(world)
    expect(world.activeCampaign.rows('accounts')).toMatchObject([{ accountUrl: 'https://contoso.example' }])
  })

  test('and whose new name somebody else’s account has unseen is tried once, then held', async () => {
    const outbound = defineSync(companySchema, {
      accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
    })
    const world = createCompanyWorld({ definition: outbound })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    await untilQuiet(world)
    await world.clients.activeCampaign.accounts.create({ name: 'Fabrikam' })
    world.dynamics.update('account', contoso, { name: 'FABRIKAM' })
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes).toMatchObject([{ status: 'stale', code: 'name-taken' }])
    const { actions, holds } = await world.sync.plan()
    expect(actions).toEqual([])
    expect(new Set(holds.map(({ reason }) => reason.code))).toEqual(
      new Set(['key-taken', 'linked-elsewhere']),
    )
  })

  test('and was edited in ActiveCampaign unseen is deleted by the run after', async () => {
    const outbound = defineSync(companySchema, {
      accounts: {
        direction: 'outbound',
        fields: [...standardMappings.accounts],
        deleted: { inDynamics: 'delete' },
      },
    })
    const world = createCompanyWorld({ definition: outbound })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    await untilQuiet(world)
    const byOthers = { accountUrl: 'https://other.example' }
    await world.clients.activeCampaign.accounts.update(accountNamed(world, 'Contoso'), byOthers)
    world.dynamics.remove('account', contoso)
    const { report } = await syncOnce(world.sync)
    expect(report.outcomes).toMatchObject([{ status: 'stale', code: 'account-changed' }])
    await untilQuiet(world)
    expect(world.activeCampaign.rows('accounts')).toEqual([])
  })
})

describe('a run', () => {
  const employed = (count: number) => {
    const world = createCompanyWorld()
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
    for (let index = 0; index < count; index += 1) {
      world.dynamics.insert('contact', {
        emailaddress1: `p${index}@example.com`,
        lastname: 'P',
        'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
      })
    }
    return world
  }

  test('goes on until people imported in bulk are in their companies, and moves many rows at once', async () => {
    const world = employed(14)
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    // Each is put there by the import that makes it.
    expect(world.activeCampaign.calls.byOperation).toMatchObject({ 'import.start': 1 })
    expect(world.activeCampaign.calls.byOperation).not.toHaveProperty('accountContacts.create')
    expect(world.activeCampaign.calls.byOperation).not.toHaveProperty('contacts.get')
    const at = (side: 'dynamics' | 'activeCampaign', company: string) =>
      Object.values(companiesOf(world)[side].people).filter((name) => name === company).length
    expect(at('activeCampaign', 'Contoso')).toBe(14)
    const { accountContacts } = world.clients.activeCampaign
    for (const { id } of world.activeCampaign.contacts().slice(0, 12)) {
      await accountContacts.move({ contact: id, account: accountNamed(world, 'Fabrikam') })
    }
    expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
    expect(at('dynamics', 'Fabrikam')).toBe(12)
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('of a reviewed plan puts people who were imported in bulk into their companies as well', async () => {
    const world = employed(14)
    const { plan, report } = await syncOnce(world.sync)
    expect(kindsOf(plan).filter((kind) => kind === 'set-active-campaign-account')).toHaveLength(14)
    expect(new Set(report.outcomes.map(({ status }) => status))).toEqual(new Set(['done']))
    expect(report.outcomes).toHaveLength(plan.actions.length)
    expect(plan.cost.leastCalls.activeCampaign).toBe(3)
    expect(world.activeCampaign.calls.byOperation).not.toHaveProperty('accountContacts.create')
    const employers = new Set(Object.values(companiesOf(world).activeCampaign.people))
    expect(employers).toEqual(new Set(['Contoso']))
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('of one contact knows its account, and one of an account reads it', async () => {
    const world = employed(1)
    await world.sync.run()
    const { activeCampaign } = world.clients
    await activeCampaign.contacts.update(contactId(world), { lastName: 'Changed' })
    const contact = { side: 'activeCampaign', entity: 'contacts', id: contactId(world) } as const
    await world.sync.runRecord(contact)
    expect(world.dynamics.rows('contact')).toMatchObject([{ lastname: 'Changed' }])
    expect(companiesOf(world).dynamics.people).toEqual({ 'p0@example.com': 'Contoso' })
    await activeCampaign.accountContacts.move({
      contact: contactId(world),
      account: accountNamed(world, 'Fabrikam'),
    })
    await world.sync.runRecord(contact)
    expect(companiesOf(world).dynamics.people).toEqual({ 'p0@example.com': 'Fabrikam' })
    const account = accountNamed(world, 'Fabrikam')
    await activeCampaign.accounts.update(account, { name: 'Fabrikam Ltd' })
    await world.sync.runRecord({ side: 'activeCampaign', entity: 'accounts', id: account })
    expect(companiesOf(world).dynamics.accounts).toEqual(['Contoso', 'Fabrikam Ltd'])
    expect((await world.sync.plan()).actions).toEqual([])
  })
})

test('an interrupted run ends where an undisturbed one does, and so do who moved', {
  timeout: 300_000,
}, async () => {
  const moving = async () => {
    const world = withContoso()
    world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
    world.activeCampaign.insert('accounts', { name: 'Northwind' })
    world.dynamics.insert('contact', {
      emailaddress1: 'bob@example.com',
      lastname: 'Bob',
      'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
    })
    await untilQuiet(world)
    world.dynamics.update('contact', ana, {
      'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
    })
    const bob = world.activeCampaign.contacts().find(({ email }) => email === 'bob@example.com')
    const { accountContacts } = world.clients.activeCampaign
    await accountContacts.move({ contact: bob?.id ?? '', account: accountNamed(world, 'Northwind') })
    const tailspin = world.dynamics.insert('account', { name: 'Tailspin' })
    world.dynamics.insert('contact', {
      emailaddress1: 'new@example.com',
      lastname: 'New',
      'parentcustomerid_account@odata.bind': `/accounts(${tailspin})`,
    })
    return world
  }
  const undisturbed = await moving()
  await untilQuiet(undisturbed)
  const expected = companiesOf(undisturbed)
  expect(expected.dynamics).toEqual(expected.activeCampaign)
  expect(expected.dynamics.people).toEqual({
    'ana@example.com': 'Fabrikam',
    'bob@example.com': 'Northwind',
    'new@example.com': 'Tailspin',
  })
  let interrupted = 0
  const interruption = fc.record({
    service: fc.constantFrom('dynamics' as const, 'activeCampaign' as const, 'activeCampaign' as const),
    after: fc.integer({ min: 0, max: 24 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  })
  await fc.assert(
    fc.asyncProperty(interruption, async ({ service, after, when }) => {
      const world = await moving()
      const { faults } = world[service]
      let seen = 0
      const run = () => {
        seen += 1
        if (seen === after + 1) faults.each({ kind: 'cut', when })
      }
      faults.each({ kind: 'meanwhile', run })
      await syncOnce(world.sync).catch(() => undefined)
      faults.clear()
      if (seen > after) interrupted += 1
      await untilQuiet(world)
      expect(companiesOf(world)).toEqual(expected)
    }),
    { numRuns: 20 },
  )
  expect(interrupted).toBeGreaterThan(6)
})
