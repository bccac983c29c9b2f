/** A process that ends while it moves somebody to another company: the next one goes on, and takes nothing of it for a person's word. */
import { defineSync, standardMappings } from '@dynacamp/mapping-dsl'
import { expect, test } from 'vitest'
import { createLifeline } from './simulation/lifeline.ts'
import {
  ana,
  companiesOf,
  companySchema,
  contoso,
  createCompanyWorld,
  fabrikam,
} from './support/company-world.ts'
import { mortalSync } from './support/mortal-sync.ts'

const fields = standardMappings.contacts.map((mapping) =>
  mapping.activeCampaign === 'account'
    ? { ...mapping, blank: 'clear' as const, conflict: 'activeCampaignWins' as const }
    : mapping,
)
const definition = defineSync(companySchema, {
  accounts: { direction: 'bidirectional', fields: [...standardMappings.accounts] },
  contacts: { direction: 'bidirectional', fields },
})

test.each([1, 2, 3, 4, 5, 6])(
  'wherever it ends after the person has left the old one, they are in the new one on both sides: step %i',
  async (step) => {
    const world = createCompanyWorld({ definition })
    world.dynamics.insert('account', { accountid: contoso, name: 'Contoso' })
    world.dynamics.insert('account', { accountid: fabrikam, name: 'Fabrikam' })
    world.dynamics.insert('contact', {
      contactid: ana,
      emailaddress1: 'ana@example.com',
      lastname: 'Novak',
      'parentcustomerid_account@odata.bind': `/accounts(${contoso})`,
    })
    await world.sync.run()
    world.dynamics.update('contact', ana, { 'parentcustomerid_account@odata.bind': `/accounts(${fabrikam})` })
    const lifeline = createLifeline()
    const end = { kind: 'meanwhile', run: () => lifeline.endIn(step) } as const
    world.activeCampaign.faults.next(end, { operation: 'accountContacts.delete' })
    await expect(mortalSync(world, lifeline).run()).rejects.toBeDefined()
    // Its lease has to expire.
    await world.clock.sleep(60_000)
    for (let run = 0; run < 2; run += 1) await world.sync.run()
    for (const { people } of Object.values(companiesOf(world)))
      expect(people).toEqual({ 'ana@example.com': 'Fabrikam' })
  },
)
