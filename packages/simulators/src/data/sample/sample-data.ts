import { createRandom } from '../../shared/random.ts'
import type { ActiveCampaignContactRow, ActiveCampaignData, DynamicsData, DynamicsRow } from '../rows.ts'
import { activeCampaignAccount, activeCampaignContact } from './active-campaign-rows.ts'
import { customColumns, customFields } from './custom.ts'
import { accountRow, contactRow, leadRow, opportunityRow } from './dynamics-rows.ts'
import { createPerson, type Person } from './person.ts'

/** Made-up rows for both services, in the shape of the data files. */
export interface SampleData {
  readonly dynamics: DynamicsData
  readonly activeCampaign: ActiveCampaignData
}

/**
 * Makes up believable rows for both services: people of several languages and scripts, odd phone numbers,
 * shared, missing, malformed and mixed-case e-mails, missing names, leap days, money, choices and a few custom
 * columns and fields. Some people are on both sides already, some of those with other values; some are in
 * ActiveCampaign only, a few of them tagged `[D365: Contact]`. All addresses are in the example domains.
 * The same seed and number give the same rows; `people` defaults to 60.
 *
 * @example
 * ```ts
 * import { sampleData } from '@dynacamp/simulators'
 *
 * const { dynamics, activeCampaign } = sampleData({ seed: 7, people: 200 })
 * console.log(dynamics.contacts.length, activeCampaign.contacts.length)
 * ```
 */
export function sampleData(options: { readonly seed?: number; readonly people?: number } = {}): SampleData {
  const { seed = 1, people = 60 } = options
  const random = createRandom(seed)
  const accounts = Array.from({ length: Math.ceil(people / 8) }, (_, number) => accountRow(number, random))
  const contacts: DynamicsRow[] = []
  const leads: DynamicsRow[] = []
  const opportunities: DynamicsRow[] = []
  const subscribers: ActiveCampaignContactRow[] = []
  const subscribed = new Set<string>()
  let before: Person | undefined

  for (let number = 0; number < people; number += 1) {
    const person = createPerson(number, random, before)
    const place = placeOf(person, subscribed)
    if (place !== 'activeCampaign') {
      const account = number % 3 === 0 ? undefined : random.pick([accounts[0], ...accounts])
      const accountId = text(account?.accountid)
      const contact = contactRow(person, random, accountId)
      contacts.push(contact)
      if (number % 10 === 1) {
        opportunities.push(opportunityRow(opportunities.length, random, accountId, text(contact.contactid)))
      }
      // One person may be a contact and a lead at once.
      if (number % 15 === 8) leads.push(leadRow(person, random))
    }
    if (place !== 'dynamics') {
      const placed = place === 'both' ? 'onBothSides' : 'onlyHere'
      subscribers.push(activeCampaignContact(subscribers.length + 1, person, random, placed))
      subscribed.add(person.email?.toLowerCase() ?? '')
    }
    before = person
  }
  for (let number = people; number < people + Math.ceil(people / 10); number += 1) {
    leads.push(leadRow(createPerson(number, random, undefined), random))
  }

  const companies = accounts
    .slice(0, Math.ceil(accounts.length / 2))
    .map(({ name, websiteurl }, index) => activeCampaignAccount(index + 1, String(name), String(websiteurl)))
  return {
    dynamics: { contacts, leads, accounts, opportunities, columns: customColumns },
    activeCampaign: { contacts: subscribers, accounts: companies, fields: customFields },
  }
}

/** Of six people, three are in Dynamics only, two on both sides, one in ActiveCampaign only, which needs an e-mail of its own. */
function placeOf({ number, email }: Person, subscribed: ReadonlySet<string>) {
  const canSubscribe = email?.includes('@') === true && !subscribed.has(email.toLowerCase())
  if (!canSubscribe || number % 6 < 3) return 'dynamics'
  return number % 6 < 5 ? 'both' : 'activeCampaign'
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
