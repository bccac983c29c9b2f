/** Actions on one contact go one after the other: each of them looks at the whole contact, and writes the whole of it down. */
import { expect, test } from 'vitest'
import { ana, companiesOf, contoso, createCompanyWorld, fabrikam } from './support/company-world.ts'
import { syncOnce, type TestWorld } from './support/world.ts'

const kindsOf = async ({ sync }: TestWorld, runId: string | null): Promise<readonly string[]> => {
  const kinds: string[] = []
  for await (const { action } of sync.journal.ofRun({ runId: runId ?? '' })) kinds.push(action.kind)
  return kinds.toSorted((a, b) => (a < b ? -1 : 1))
}

/** Ana works for Contoso; there is Fabrikam, too. */
const withAna = async (): Promise<TestWorld> => {
  const world = createCompanyWorld()
  world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
  world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
  world.dynamics.insert('contact', {
    contactid: ana,
    emailaddress1: 'ana@example.com',
    lastname: 'Novak',
    'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
  })
  for (let round = 0; round < 3; round += 1) await syncOnce(world.sync)
  return world
}

test('a person whose name and company change in D365 at the same time keeps both', async () => {
  const world = await withAna()
  world.dynamics.update('contact', ana, {
    lastname: 'Kovac',
    'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})`,
  })
  const { runId } = await world.sync.run()
  expect(world.dynamics.rows('contact')).toMatchObject([{ lastname: 'Kovac' }])
  expect(world.activeCampaign.contacts()).toMatchObject([{ lastName: 'Kovac' }])
  for (const { people } of Object.values(companiesOf(world)))
    expect(people).toEqual({ 'ana@example.com': 'Fabrikam' })
  expect(await kindsOf(world, runId)).toEqual([
    'set-active-campaign-account',
    'update-active-campaign-contact',
  ])
  expect((await world.sync.plan()).actions).toEqual([])
})
