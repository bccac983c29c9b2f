/**
 * Law: webhooks change when something is synced, and nothing else. A history with any of its webhooks lost, doubled and
 * in any order ends in the same records on both sides as the same history without webhooks.
 *
 * The histories have no passing states: a value that comes and goes between two runs is seen only by who looks in between.
 */
import type { Delivery } from '@dynacamp/simulators'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { activeCampaignWebhook, dynamicsWebhook } from '../../src/index.ts'
import { asyncLaw } from '../support/law.ts'
import { createWorld } from '../support/world.ts'

const secret = 'correct-horse-battery'
const activeCampaignUrl = `https://host.example.com/hooks/activecampaign?code=${secret}`
const dynamicsUrl = 'https://host.example.com/hooks/dynamics'
const people = 4

/** Each side changes fields of its own, so that no conflict decides by who came first. */
type Step =
  | { readonly kind: 'dynamics'; readonly person: number; readonly column: 'firstname' | 'jobtitle' }
  | { readonly kind: 'dynamics-email'; readonly person: number }
  | { readonly kind: 'active-campaign'; readonly person: number; readonly field: 'lastName' | 'CITY' }
  | { readonly kind: 'create' | 'tagged' | 'met' | 'run' }
  | { readonly kind: 'delete'; readonly person: number }
  /** Webhooks arrive: of those not yet delivered, in this order; a doubled index arrives twice, a missing one never. */
  | { readonly kind: 'hints'; readonly picks: readonly number[] }

const person = fc.nat({ max: people - 1 })

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('dynamics' as const),
      person,
      column: fc.constantFrom('firstname' as const, 'jobtitle' as const),
    }),
  },
  fc.record({ kind: fc.constant('dynamics-email' as const), person }),
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('active-campaign' as const),
      person,
      field: fc.constantFrom('lastName' as const, 'CITY' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('create' as const, 'tagged' as const, 'run' as const) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('met' as const) }) },
  fc.record({ kind: fc.constant('delete' as const), person }),
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('hints' as const),
      picks: fc.array(fc.nat({ max: 9 }), { maxLength: 8 }),
    }),
  },
)

const guid = (index: number): string => `11111111-1111-4111-8111-${String(index).padStart(12, '0')}`

/** Plays a history; answers with what both sides hold in the end, and how many hints were followed. */
const play = async (history: readonly Step[], withHints: boolean) => {
  const world = createWorld()
  const { dynamics, activeCampaign, clock, sync } = world
  const options = {
    sync,
    secret,
    onError: (error: unknown) => {
      throw error
    },
  }
  const handlers = { dynamics: dynamicsWebhook(options), activeCampaign: activeCampaignWebhook(options) }
  dynamics.registerWebhook({ url: dynamicsUrl, authentication: { key: secret }, tables: ['contact'] })
  activeCampaign.insert('webhooks', {
    name: 'x',
    url: activeCampaignUrl,
    events: ['subscribe', 'update', 'contact_tag_added'],
    sources: ['admin'],
  })
  for (let index = 0; index < people; index += 1) {
    const names = { firstname: 'Ada', lastname: 'Ek', jobtitle: 'Analyst' }
    dynamics.insert('contact', { contactid: guid(index), emailaddress1: `p${index}@example.com`, ...names })
  }
  await sync.run()

  const emails = Array.from({ length: people }, (_, index) => `p${index}@example.com`)
  const contactIds = emails.map(
    (email) => activeCampaign.contacts().find((contact) => contact.email === email)?.id ?? '',
  )
  const gone = new Set<number>()
  // Those of the first people and their sync would leave few picks for the history.
  const seen = { dynamics: dynamics.deliveries.length, activeCampaign: activeCampaign.deliveries.length }
  const statuses: number[] = []

  const deliver = async (picks: readonly number[]): Promise<void> => {
    const pending = (['dynamics', 'activeCampaign'] as const).flatMap((side) =>
      world[side].deliveries.slice(seen[side]).map((delivery: Delivery) => ({ side, delivery })),
    )
    seen.dynamics = dynamics.deliveries.length
    seen.activeCampaign = activeCampaign.deliveries.length
    for (const pick of picks) {
      const call = pending[pick]
      if (call === undefined) continue
      const { url, body } = call.delivery
      const response = await handlers[call.side](new Request(url, { method: 'POST', body }))
      statuses.push(response.status)
    }
  }

  for (const [index, { kind, ...rest }] of history.entries()) {
    const value = `V${index}`
    await clock.advance(1000)
    const target = 'person' in rest ? rest.person : 0
    if ('person' in rest && gone.has(target)) continue
    if (kind === 'dynamics' && 'column' in rest)
      dynamics.update('contact', guid(target), { [rest.column]: value })
    else if (kind === 'dynamics-email')
      dynamics.update('contact', guid(target), { emailaddress1: `v${index}@example.com` })
    else if (kind === 'active-campaign' && 'field' in rest)
      activeCampaign.updateContact(
        contactIds[target] ?? '',
        rest.field === 'CITY' ? { fields: { CITY: value } } : { lastName: value },
      )
    else if (kind === 'create')
      dynamics.insert('contact', { emailaddress1: `new${index}@example.com`, lastname: value })
    else if (kind === 'tagged')
      activeCampaign.insertContact({
        email: `tagged${index}@example.com`,
        lastName: value,
        tags: ['[D365: Contact]'],
      })
    else if (kind === 'met') {
      // One person whom people on both sides make, before anybody looks.
      const email = `met${index}@example.com`
      dynamics.insert('contact', { emailaddress1: email, lastname: value })
      activeCampaign.insertContact({ email, lastName: value, tags: ['[D365: Contact]'] })
    } else if (kind === 'delete') {
      // What was changed and is deleted before anybody looked would be a passing state.
      await sync.run()
      dynamics.remove('contact', guid(target))
      gone.add(target)
    } else if (kind === 'run') await sync.run()
    else if (kind === 'hints' && 'picks' in rest && withHints) await deliver(rest.picks)
  }
  await sync.run()
  const rows = dynamics
    .rows('contact')
    .map(({ emailaddress1, firstname, lastname, jobtitle, address1_city: city }) => [
      emailaddress1,
      firstname,
      lastname,
      jobtitle,
      city,
    ])
  const contacts = activeCampaign
    .contacts()
    .map(({ email, firstName, lastName, fields, tags }) => [email, firstName, lastName, fields, tags])
  const sorted = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).sort()
  return {
    end: { rows: sorted(rows), contacts: sorted(contacts) },
    left: (await sync.plan()).actions,
    statuses,
  }
}

test('lost, doubled and reordered webhooks change nothing', { timeout: 600_000 }, async () => {
  let followed = 0
  await asyncLaw(fc.array(step, { minLength: 3, maxLength: 14 }), async (history) => {
    const [plain, hinted] = [await play(history, false), await play(history, true)]
    expect(hinted.end).toEqual(plain.end)
    expect(hinted.left).toEqual([])
    expect(new Set(hinted.statuses).size).toBeLessThanOrEqual(1)
    followed += hinted.statuses.length
  })
  expect(followed).toBeGreaterThan(0)
})
