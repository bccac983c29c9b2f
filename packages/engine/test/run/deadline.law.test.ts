import { defineSync, map, standardMappings } from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunOptions } from '../../src/index.ts'
import { companiesOf, companySchema, createCompanyWorld } from '../support/company-world.ts'
import { asyncLaw } from '../support/law.ts'
import { idOf } from '../support/peopled.ts'
import type { TestWorld } from '../support/world.ts'

const hourMs = 3_600_000

const definition = defineSync(companySchema, {
  accounts: {
    direction: 'bidirectional',
    createInDynamics: 'all',
    fields: [...standardMappings.accounts, map('revenue', 'REVENUE')],
  },
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'tagged',
    fields: [...standardMappings.contacts, map('jobtitle', 'POSITION'), map('address1_city', 'CITY')],
  },
  guards: { maxDeletes: 5 },
})

const callMs = 300

/** Everything that is read page by page, several pages of each. */
const peopledWorld = (): TestWorld => {
  const world = createCompanyWorld({ definition, pageLimit: 7 })
  const { dynamics, activeCampaign } = world
  const [revenue] = activeCampaign.rows('accountCustomFieldMeta')
  const accounts: string[] = []
  for (let index = 1; index <= 15; index += 1) {
    dynamics.insert('account', { accountid: idOf(1000 + index), name: `Company ${index}` })
    const account = String(activeCampaign.insert('accounts', { name: `Firma ${index}` }).id)
    accounts.push(account)
    activeCampaign.insert('accountCustomFieldData', {
      ...{
        accountId: account,
        customFieldId: revenue?.id ?? null,
        fieldValue: index * 10_000,
        fieldCurrency: 'EUR',
      },
    })
  }
  const lists = ['News', 'Offers'].map((name) => String(activeCampaign.insert('lists', { name }).id))
  for (let index = 1; index <= 40; index += 1) {
    // Half of them are on both sides.
    dynamics.insert('contact', {
      contactid: idOf(index),
      ...{ emailaddress1: `person${index}@example.com`, firstname: 'Pat', lastname: `Number ${index}` },
      ...{ _parentcustomerid_value: idOf(1001 + (index % 15)), '_parentcustomerid_value@table': 'account' },
    })
    const { id } = activeCampaign.insertContact({
      ...{ email: `person${index + 20}@example.com`, firstName: 'Pat', lastName: `Number ${index + 20}` },
      ...{ fields: { POSITION: `Chair ${index}`, CITY: 'Oslo' }, tags: ['[D365: Contact]'] },
    })
    if (index % 2 === 0)
      activeCampaign.insert('accountContacts', { contact: id, account: accounts[index % 15] ?? null })
    for (const list of lists) {
      activeCampaign.insert('contactLists', { contact: id, list, status: index % 3 === 0 ? '2' : '1' })
    }
  }
  return world
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

/** Both sides as people see them, whatever ids they have got. */
const seenIn = (world: TestWorld) => ({
  companies: companiesOf(world),
  rows: world.dynamics
    .rows('contact')
    .map((row) =>
      [row.emailaddress1, row.lastname, row.jobtitle, row.address1_city, row.donotbulkemail].join(),
    )
    .toSorted(byText),
  contacts: world.activeCampaign
    .contacts()
    .map(({ email, lastName, fields, lists }) => JSON.stringify([email, lastName, fields, lists]))
    .toSorted(byText),
  revenues: world.dynamics
    .rows('account')
    .map(({ name, revenue }) => `${String(name)} ${String(revenue)}`)
    .toSorted(byText),
})

/** Runs until there is no more to do; says how often. */
const drain = async (world: TestWorld, options: RunOptions): Promise<number> => {
  for (let runs = 1; ; runs += 1) {
    const { more, ending } = await world.sync.run(options)
    if (!more && ending === 'completed') return runs
    if (runs > 1000) throw new Error(`it never ends: ${ending}`)
  }
}

/** The initial sync, a run that reads it back, changes on both sides, and a full reading. */
const play = async (deadlineMs: number | undefined) => {
  const world = peopledWorld()
  for (const service of [world.dynamics, world.activeCampaign])
    service.faults.each({ kind: 'latency', ms: callMs })
  const options = deadlineMs === undefined ? {} : { deadlineMs }
  let runs = await drain(world, options)
  const ends = [seenIn(world)]
  await world.clock.sleep(hourMs)
  for (const { id } of world.activeCampaign.contacts().slice(0, 10)) {
    world.activeCampaign.updateContact(id, { fields: { POSITION: 'Board' } })
  }
  world.activeCampaign.removeContact(world.activeCampaign.contacts()[3]?.id ?? '')
  runs += await drain(world, options)
  await world.clock.sleep(hourMs)
  runs += await drain(world, { ...options, full: true })
  ends.push(seenIn(world))
  return { ends, runs, actions: (await world.sync.plan()).actions }
}

test('law: whatever the deadline, runs that are repeated until there is no more come to what one run comes to', async () => {
  const whole = await play(undefined)
  expect(whole).toMatchObject({ runs: 3, actions: [] })
  await asyncLaw(
    // What a run does before its first page takes seven calls.
    fc.integer({ min: 20 * callMs, max: 60_000 }),
    async (deadlineMs) => {
      const inPieces = await play(deadlineMs)
      expect(inPieces.ends).toEqual(whole.ends)
      expect(inPieces.actions).toEqual([])
    },
    3,
  )
}, 120_000)
