import { createSync, memoryState } from '@dynacamp/engine'
import { sampleData } from '@dynacamp/simulators'
import { beforeAll, expect, test } from 'vitest'
import { compareBothSides, pairsOf } from '../demo/compare.ts'
import { definition, schema } from '../demo/definition.ts'
import { reportOf } from '../demo/report.ts'
import { runOnce } from '../demo/runs.ts'
import { simulatedWorld } from '../demo/world.ts'

// The demo ends with a look at both services. A look that sees nothing proves nothing, so this is what it must see.

/** A world in sync, and what the demo would say of it after somebody meddled. */
const inSync = async () => {
  const world = simulatedWorld(sampleData())
  const state = memoryState()
  await createSync({ definition, schema, ...world, state }).run()
  const quiet = { say: () => undefined, show: () => undefined, onProgress: () => undefined }
  const last = await runOnce({ world, state, ...quiet }, 'last')
  const before = await compareBothSides(world, last.plan)
  const memberships = await world.activeCampaign.contactLists.list().toArray()
  const readers = new Set(
    memberships.filter(({ status }) => status === 'active').map(({ contact }) => contact),
  )
  return {
    ...world,
    problems: async () =>
      reportOf([], last, await compareBothSides(world, last.plan), world.arrived().calls).problems,
    person: pairsOf(before, 'contacts').find(({ activeCampaignId }) => readers.has(activeCampaignId)),
    company: pairsOf(before, 'accounts')[0],
    opportunity: pairsOf(before, 'opportunities')[0],
    lead: pairsOf(before, 'leads')[0],
  }
}

let world: Awaited<ReturnType<typeof inSync>>
beforeAll(async () => {
  world = await inSync()
}, 60_000)

const contactId = (pair: { readonly activeCampaignId: string } | undefined): string =>
  pair?.activeCampaignId ?? ''
const rowId = (pair: { readonly dynamicsId: string } | undefined): string => pair?.dynamicsId ?? ''

test('nothing in a world in sync, then each thing that somebody changes', { timeout: 60_000 }, async () => {
  const { dynamics, activeCampaign, person, company, opportunity, lead } = world
  expect(await world.problems()).toEqual([])
  const seen = new Set<string>()
  const newProblems = async (): Promise<readonly string[]> => {
    const problems = (await world.problems()).filter((problem) => !seen.has(problem))
    for (const problem of problems) seen.add(problem)
    return problems
  }

  await activeCampaign.contacts.update(contactId(person), { lastName: 'Meddled' })
  expect(await newProblems()).toEqual([expect.stringContaining('contacts: lastname:lastName differs')])

  await activeCampaign.contacts.update(contactId(lead), { lastName: 'Meddled' })
  expect(await newProblems()).toEqual([expect.stringContaining('leads: lastname:lastName differs')])

  await activeCampaign.accounts.update(contactId(company), { accountUrl: 'https://www.example.com/meddled' })
  expect(await newProblems()).toEqual([expect.stringContaining('accounts: websiteurl:accountUrl differs')])

  const opportunities = dynamics.table({ entitySet: 'opportunities', primaryId: 'opportunityid' })
  await opportunities.update(rowId(opportunity), { closeprobability: 1 })
  expect(await newProblems()).toEqual([expect.stringContaining('opportunities: closeprobability')])

  const [reader] = await activeCampaign.contactLists.listForContact(contactId(person)).toArray()
  await activeCampaign.contactLists.unsubscribe({ contact: contactId(person), list: reader?.list ?? '' })
  expect(await newProblems()).toEqual([expect.stringContaining('contacts: opt-out differs')])

  await dynamics.table('contacts').create({ emailaddress1: person?.title ?? '', lastname: 'Twice' })
  expect(await newProblems()).toEqual([expect.stringContaining('nobody knows what became of row')])
})
