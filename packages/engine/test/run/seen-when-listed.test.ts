import { expect, test } from 'vitest'
import { contoso, createCompanyWorld, fabrikam } from '../support/company-world.ts'
import { idOf } from '../support/peopled.ts'

const hourMs = 3_600_000

test('who is deleted while a full reading waits to go on for a day is found by the run that ends it', async () => {
  const world = createCompanyWorld({ pageLimit: 1 })
  for (const [index, accountid] of [contoso, fabrikam].entries()) {
    world.dynamics.insert('account', { accountid, name: `Company ${index}` })
    const company = { 'parentcustomerid_account@odata.bind': `/accounts(${accountid})` }
    world.dynamics.insert('contact', {
      contactid: idOf(index),
      emailaddress1: `p${index}@example.com`,
      ...company,
    })
  }
  await world.sync.run()
  await world.sync.run()
  await world.clock.sleep(hourMs)
  await world.sync.run()
  // Contacts have been listed by then.
  world.activeCampaign.faults.each({ kind: 'latency', ms: 20_000 }, { method: 'GET', url: /accountContacts/ })
  expect(await world.sync.run({ full: true, deadlineMs: 15_000 })).toMatchObject({ ending: 'deadline' })
  world.activeCampaign.faults.clear()
  const [contact] = world.activeCampaign.contacts()
  world.activeCampaign.removeContact(contact?.id ?? '')
  await world.clock.sleep(26 * hourMs)
  await world.sync.run()
  const { skips } = await world.sync.plan()
  expect(skips).toMatchObject([{ activeCampaignId: contact?.id, reason: { code: 'deleted' } }])
})
