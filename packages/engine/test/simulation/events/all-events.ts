import fc from 'fast-check'
import { accountEvents } from './account-events.ts'
import { contactEvents } from './contact-events.ts'
import type { Deed, Event } from './event.ts'
import { leadEvents } from './lead-events.ts'
import { opportunityEvents } from './opportunity-events.ts'
import { personEvents } from './person-events.ts'
import { rowEvents } from './row-events.ts'
import { serviceEvents } from './service-events.ts'

export const allEvents: Readonly<Record<string, Deed>> = {
  ...rowEvents,
  ...leadEvents,
  ...contactEvents,
  ...personEvents,
  ...accountEvents,
  ...opportunityEvents,
  ...serviceEvents,
}

/** How much more often than once the usual things happen. */
const weights: Readonly<Record<string, number>> = {
  'a row appears': 4,
  'a contact appears': 4,
  'a row is edited': 8,
  'a contact is edited': 8,
  'a person is edited on both sides': 5,
  'a row changes its e-mail': 3,
  'a contact changes its e-mail': 3,
  'a contact subscribes': 4,
  'a contact unsubscribes': 4,
  'a row opts out or in': 3,
  'a person is entered on both sides': 3,
  'a row is deleted and entered anew': 2,
  'a lead appears': 2,
  'a lead is edited': 3,
  'a lead is qualified': 3,
  'a row is deleted': 2,
  'a contact is deleted': 2,
  'a deleted row is restored': 3,
  'a deleted contact returns': 3,
  'a row leaves or enters the scope': 2,
  'an account row appears': 4,
  'an account appears': 2,
  'a row changes its account': 5,
  'a contact changes its account': 5,
  'an account row is deleted': 3,
  'an account is edited': 2,
  'two account rows are merged': 3,
  'an opportunity appears': 5,
  'an opportunity is edited': 6,
  'an opportunity moves to somebody else': 3,
  'a record of the custom object is edited': 3,
  'a record of the custom object is deleted': 2,
}

/** Events that show nothing where a definition leaves an entity out. */
const byEntity = { leads: leadEvents, accounts: accountEvents, opportunities: opportunityEvents } as const

const entities = ['leads', 'accounts', 'opportunities'] as const

/** What can happen that concerns a definition with or without these entities. */
export const kindsFor = (
  policies: Readonly<Record<(typeof entities)[number], boolean>>,
): readonly string[] => {
  const pointless = entities.flatMap((entity) => (policies[entity] ? [] : Object.keys(byEntity[entity])))
  return Object.keys(allEvents).filter((kind) => !pointless.includes(kind))
}

/** An event of one of these kinds, the usual ones more often. */
export const anyEventOf = (kinds: readonly string[]): fc.Arbitrary<Event> =>
  fc.record({
    kind: fc.constantFrom(...kinds.flatMap((kind) => Array.from({ length: weights[kind] ?? 1 }, () => kind))),
    who: fc.nat(8),
    other: fc.nat(6),
    value: fc.nat(6),
  })
