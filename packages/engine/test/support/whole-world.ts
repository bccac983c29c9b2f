/** A world of companies, people and opportunities with lists and custom fields, and what people do in it. */
import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import { expect } from 'vitest'
import { companySchema, contoso, createCompanyWorld, fabrikam } from './company-world.ts'
import { addOpportunity, fields, opportunityId, recordsOf } from './opportunity-world.ts'
import { idOf } from './peopled.ts'
import type { TestWorld } from './world.ts'

const northwind = '11111111-0000-4000-8000-000000000003'

const deleted = { inDynamics: 'delete', inActiveCampaign: 'deactivate' } as const

type Whole = Pick<NonNullable<Parameters<typeof defineSync<typeof companySchema>>[1]>, 'optOut' | 'guards'>

const definitionWith = ({ optOut = {}, guards = {} }: Whole) =>
  defineSync(companySchema, {
    accounts: {
      direction: 'bidirectional',
      fields: [...standardMappings.accounts, map('revenue', 'REVENUE')],
    },
    contacts: {
      direction: 'bidirectional',
      createInDynamics: 'tagged',
      deleted,
      fields: [
        ...standardMappings.contacts,
        map('jobtitle', 'POSITION', { direction: 'outbound' }),
        map('address1_city', 'CITY', { blank: 'clear' }),
      ],
    },
    leads: { direction: 'bidirectional', fields: [...standardMappings.leads] },
    opportunities: { object: 'd365-opportunity', fields },
    optOut,
    guards,
  })

const emailOf = (index: number): string => `person${index}@example.com`

const addPerson = ({ dynamics }: TestWorld, index: number, company?: string) => {
  const row = { contactid: idOf(index), emailaddress1: emailOf(index), lastname: `Person ${index}` }
  const cells = { jobtitle: 'Cook', address1_city: 'Graz' }
  const employer = company !== undefined && { 'parentcustomerid_account@odata.bind': `/accounts(${company})` }
  dynamics.insert('contact', { ...row, ...cells, ...employer })
}

export const contactOf = ({ activeCampaign }: TestWorld, index: number) => {
  const found = activeCampaign.contacts().find(({ email }) => email === emailOf(index))
  if (found === undefined) throw new Error(`no ${emailOf(index)}`)
  return found
}

export const wholeWorld = (options: Whole = {}): TestWorld => {
  const world = createCompanyWorld({ definition: definitionWith(options), schema: companySchema })
  const { dynamics, activeCampaign } = world
  dynamics.insert('account', { accountid: contoso, name: 'Contoso', revenue: 5 })
  dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
  addPerson(world, 1, contoso)
  for (let index = 2; index <= 6; index += 1) addPerson(world, index)
  dynamics.insert('lead', { leadid: idOf(9), emailaddress1: emailOf(9), lastname: 'Lead' })
  addOpportunity(world, 1, { _parentcontactid_value: idOf(1) })
  activeCampaign.insert('lists', { id: '1', name: 'News' })
  activeCampaign.insertContact({ email: emailOf(6), lastName: 'Person 6', fields: { CITY: 'Graz' } })
  activeCampaign.insert('contactLists', { contact: contactOf(world, 6).id, list: '1', status: '2' })
  return world
}

/** People sign up to the newsletter. */
export const subscribe = (world: TestWorld): void => {
  for (const index of [1, 2, 3])
    world.activeCampaign.insert('contactLists', {
      contact: contactOf(world, index).id,
      list: '1',
      status: '1',
    })
}

/** Everything that people do in both services, once the first run is over. */
export const change = (world: TestWorld, round: number): void => {
  const { dynamics, activeCampaign } = world
  dynamics.update('account', contoso, { name: `Contoso ${round}`, revenue: round * 10 })
  dynamics.update('contact', idOf(1), { lastname: `Changed ${round}`, jobtitle: `Chef ${round}` })
  dynamics.update('lead', idOf(9), { lastname: `Lead ${round}` })
  dynamics.update('opportunity', opportunityId(1), { name: `Deal of round ${round}` })
  activeCampaign.updateContact(contactOf(world, 3).id, {
    firstName: `First ${round}`,
    fields: { CITY: `Linz ${round}` },
  })
  if (round === 1) {
    dynamics.insert('account', { accountid: northwind, name: 'Northwind', revenue: 7 })
    addPerson(world, 7, northwind)
    dynamics.update('contact', idOf(2), { donotbulkemail: true })
    activeCampaign.unsubscribe(contactOf(world, 1).id, '1')
    activeCampaign.insertContact({ email: emailOf(8), lastName: 'Person 8', tags: ['[D365: Contact]'] })
    return
  }
  addPerson(world, 10, contoso)
  addOpportunity(world, 10, { _parentcontactid_value: idOf(10) })
  dynamics.update('contact', idOf(4), { 'parentcustomerid_account@odata.bind': `/accounts(${northwind})` })
  activeCampaign.unsubscribe(contactOf(world, 3).id, '1')
  activeCampaign.removeContact(contactOf(world, 5).id)
}

const sorted = <Row>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]))

const person = [
  'emailaddress1',
  'firstname',
  'lastname',
  'jobtitle',
  'address1_city',
  'donotbulkemail',
  'statecode',
]

/** Both services as people see them, whatever ids the records of ActiveCampaign have. */
export const bothSides = async (world: TestWorld) => {
  const { dynamics, activeCampaign } = world
  const emailById = new Map(activeCampaign.contacts().map(({ id, email }) => [id, email]))
  const companyById = new Map(activeCampaign.rows('accounts').map(({ id, name }) => [id, name]))
  const employers = new Map(
    activeCampaign.rows('accountContacts').map(({ contact, account }) => [contact, companyById.get(account)]),
  )
  const objects = await recordsOf(world)
  return {
    contacts: sorted(
      dynamics.rows('contact').map((row) => pick(row, [...person, '_parentcustomerid_value'])),
    ),
    leads: sorted(dynamics.rows('lead').map((row) => pick(row, person))),
    companies: sorted(dynamics.rows('account').map((row) => pick(row, ['name', 'revenue']))),
    people: sorted(
      activeCampaign.contacts().map(({ id, email, firstName, lastName, fields: custom, lists, tags }) => ({
        ...{ email, firstName, lastName, custom, lists, tags },
        employer: employers.get(id) ?? null,
      })),
    ),
    accounts: sorted(
      activeCampaign.rows('accounts').map(({ id, name }) => ({
        name,
        values: activeCampaign
          .rows('accountCustomFieldData')
          .filter(({ accountId }) => accountId === id)
          .map(({ fieldValue }) => fieldValue),
      })),
    ),
    records: objects.map(({ externalId, fields: custom, relationships }) => ({
      ...{ externalId, custom },
      person: emailById.get(relationships?.['primary-contact']?.[0] ?? ''),
    })),
  }
}

const dayMs = 25 * 3_600_000

/** Runs to the end, looks for the deleted a day later, and expects that nothing is left. */
export const settle = async (world: TestWorld) => {
  await world.sync.run()
  await world.clock.sleep(dayMs)
  expect(await world.sync.run()).toMatchObject({ ending: 'completed' })
  expect(await world.sync.health()).toMatchObject({ unread: [], initialSyncDone: true })
  expect((await world.sync.plan({ full: true })).actions).toEqual([])
  return bothSides(world)
}

const playUnrefused = async () => {
  const world = wholeWorld()
  await world.sync.run()
  subscribe(world)
  for (const round of [1, 2]) {
    await world.sync.run()
    change(world, round)
  }
  return settle(world)
}

let unrefused: ReturnType<typeof playUnrefused> | undefined

/** How both services end where nothing is refused: played once, it ends the same each time. */
export const neverRefused = (): ReturnType<typeof playUnrefused> => {
  unrefused ??= playUnrefused()
  return unrefused
}
