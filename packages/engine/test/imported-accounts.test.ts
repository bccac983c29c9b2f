import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { companiesOf, companySchema, contoso, createCompanyWorld, fabrikam } from './support/company-world.ts'
import { asyncLaw } from './support/law.ts'
import { syncOnce, type TestWorld } from './support/world.ts'

const outbound = defineSync(companySchema, {
  accounts: { direction: 'outbound', fields: [...standardMappings.accounts] },
  contacts: { direction: 'outbound', fields: [...standardMappings.contacts] },
})

const idOf = (n: number): string => `33333333-0000-4000-8000-${String(n).padStart(12, '0')}`

const addCompanies = ({ dynamics }: TestWorld): void => {
  dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
}

/** Rows of people from number `first` on, in this company, or in none. */
const addPeople = (
  { dynamics }: TestWorld,
  [first, count]: readonly [number, number],
  company: string | null,
): void => {
  for (let n = first; n < first + count; n += 1) {
    dynamics.insert('contact', {
      contactid: idOf(n),
      emailaddress1: `p${n}@example.com`,
      lastname: 'P',
      ...(company !== null && { 'parentcustomerid_account@odata.bind': `/accounts(${company})` }),
    })
  }
}

const writes = [
  'import.start',
  'contacts.create',
  'contacts.get',
  'contacts.update',
  'accounts.create',
  'accountContacts.create',
  'accountContacts.delete',
]

const callsOf = ({ activeCampaign }: TestWorld, operations: readonly string[] = writes): number =>
  operations.reduce((sum, operation) => sum + (activeCampaign.calls.byOperation[operation] ?? 0), 0)

const entered = (world: TestWorld): number => callsOf(world, ['accountContacts.create'])

const employers = (world: TestWorld) => Object.values(companiesOf(world).activeCampaign.people)

describe('an import carries the account of a new contact', () => {
  test('by the name that ActiveCampaign has for it at this moment', async () => {
    const world = createCompanyWorld()
    addCompanies(world)
    await world.sync.run()
    addPeople(world, [0, 12], contoso)
    const plan = await world.sync.plan()
    const account = world.activeCampaign.rows('accounts').find(({ name }) => name === 'Contoso')
    world.activeCampaign.update('accounts', String(account?.id), { name: 'Contoso Ltd' })
    const { outcomes } = await world.sync.apply(plan)
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['done']))
    expect(companiesOf(world).activeCampaign.accounts).toEqual(['Contoso Ltd', 'Fabrikam'])
    expect([entered(world), new Set(employers(world))]).toEqual([0, new Set(['Contoso Ltd'])])
  })

  test('also where the account is made by the same plan, which goes first', async () => {
    const world = createCompanyWorld()
    addCompanies(world)
    addPeople(world, [0, 12], fabrikam)
    await syncOnce(world.sync)
    expect([entered(world), new Set(employers(world))]).toEqual([0, new Set(['Fabrikam'])])
    expect((await world.sync.plan()).actions).toEqual([])
  })

  test('and where it is not there after it, it is put right by a call', async () => {
    for (const way of ['run', 'apply'] as const) {
      const world = createCompanyWorld()
      addCompanies(world)
      await world.sync.run()
      addPeople(world, [0, 12], contoso)
      let lost = false
      const lose = () => {
        const [link] = world.activeCampaign.rows('accountContacts')
        if (lost || link === undefined) return
        lost = true
        world.activeCampaign.remove('accountContacts', String(link.id))
      }
      world.activeCampaign.faults.each({ kind: 'meanwhile', run: lose }, { operation: 'import.status' })
      if (way === 'run') await world.sync.run()
      else await syncOnce(world.sync)
      expect([way, lost, entered(world)]).toEqual([way, true, 1])
      expect([way, ...employers(world)]).toEqual([way, ...Array(12).fill('Contoso')])
      expect((await world.sync.plan()).actions).toEqual([])
    }
  })

  test('by the name of this moment also where a later go, or a plan of before, belongs to the initial sync', async () => {
    for (const way of ['run', 'apply'] as const) {
      const world = createCompanyWorld({ definition: outbound })
      addCompanies(world)
      addPeople(world, [0, 12], contoso)
      const accounts = () => world.activeCampaign.rows('accounts')
      const stop = new AbortController()
      const onBoundary = async () => {
        if (accounts().length === 2) stop.abort()
      }
      expect(await world.sync.run({ signal: stop.signal, onBoundary })).toMatchObject({ ending: 'aborted' })
      const plan = await world.sync.plan()
      expect(world.activeCampaign.contacts()).toEqual([])
      await world.clock.sleep(3 * 3_600_000)
      const account = accounts().find(({ name }) => name === 'Contoso')
      world.activeCampaign.update('accounts', String(account?.id), { name: 'Contoso Ltd' })
      if (way === 'apply') await world.sync.apply(plan)
      await world.sync.run()
      expect([way, accounts().length, new Set(employers(world)).size]).toEqual([way, 2, 1])
      expect([way, entered(world)]).toEqual([way, 0])
    }
  })

  test('but not where its name may be an old one, as a wrong name would make a company', async () => {
    const world = createCompanyWorld({ definition: outbound })
    addCompanies(world)
    await world.sync.run()
    // A run of outbound accounts does not read them.
    const account = world.activeCampaign.rows('accounts').find(({ name }) => name === 'Contoso')
    world.activeCampaign.update('accounts', String(account?.id), { name: 'Contoso Ltd' })
    addPeople(world, [0, 12], contoso)
    const { plan } = await syncOnce(world.sync)
    expect([plan.cost.leastCalls.activeCampaign, entered(world)]).toEqual([13, 12])
    expect(companiesOf(world).activeCampaign.accounts).toEqual(['Contoso Ltd', 'Fabrikam'])
    expect(new Set(employers(world))).toEqual(new Set(['Contoso Ltd']))
  })
})

test('law: applying makes the calls that the plan says, accounts of people among them', async () => {
  const some = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 9, max: 12 }))
  const shape = fc.record({
    isOutbound: fc.boolean(),
    isInitial: fc.boolean(),
    employed: some,
    alone: some,
    elsewhere: some,
    moving: fc.nat(3),
    leaving: fc.nat(3),
    hasNewCompany: fc.boolean(),
  })
  await asyncLaw(
    shape,
    async ({ isOutbound, isInitial, employed, alone, elsewhere, moving, leaving, hasNewCompany }) => {
      const world = createCompanyWorld(isOutbound ? { definition: outbound } : {})
      addCompanies(world)
      if (!isInitial) {
        addPeople(world, [500, moving + leaving], contoso)
        await world.sync.run()
        for (let n = 0; n < moving + leaving; n += 1) {
          const company = n < moving ? fabrikam : null
          world.dynamics.update('contact', idOf(500 + n), {
            ...(company === null
              ? { 'parentcustomerid_account@odata.bind': null }
              : { 'parentcustomerid_account@odata.bind': `/accounts(${company})` }),
          })
        }
      }
      addPeople(world, [0, employed], contoso)
      addPeople(world, [100, alone], null)
      const northwind = idOf(999)
      if (hasNewCompany) world.dynamics.insert('account', { accountid: northwind, name: 'Northwind' })
      addPeople(world, [200, elsewhere], hasNewCompany ? northwind : fabrikam)
      const plan = await world.sync.plan()
      const before = callsOf(world)
      const { outcomes } = await world.sync.apply(plan)
      expect(outcomes.filter(({ status }) => status !== 'done')).toEqual([])
      expect(callsOf(world) - before).toBe(plan.cost.leastCalls.activeCampaign)
      expect((await world.sync.plan()).actions).toEqual([])
    },
    16,
  )
})
