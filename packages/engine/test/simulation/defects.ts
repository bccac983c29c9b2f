import type { Contact } from '@dynacamp/activecampaign-client'
import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { StateStore, StateTransaction, StoredRecord } from '../../src/index.ts'
import type { Policies } from './definition.ts'
import { type History, type Run, undisturbed } from './history.ts'
import type { LawName } from './laws/all-laws.ts'
import { type Letter, strangersSecret } from './postman.ts'
import type { Sabotage } from './worker.ts'

const event = (kind: string, value = 0, other = 0) => ({ kind, who: 0, other, value })
const noLetters: readonly Letter[] = []
const episode = (events: readonly ReturnType<typeof event>[], run: Partial<Run> = {}) => ({
  events,
  letters: noLetters,
  minutes: 1,
  run: { ...undisturbed, ...run },
})

type Episodes = readonly ReturnType<typeof episode>[]

const historyWith = (policies: Partial<Policies>, ...episodes: Episodes): History => ({
  seed: 1,
  policies: {
    blank: 'ignoreBlank',
    conflict: 'dynamicsWins',
    createInDynamics: 'never',
    leaving: 'keep',
    deletedInDynamics: 'keep',
    deletedInActiveCampaign: 'keep',
    sharedEmail: 'hold',
    resubscribe: 'never',
    firstLink: 'hold',
    contactsFlow: 'bidirectional',
    leadsFlow: 'bidirectional',
    accountsFlow: 'bidirectional',
    tags: false,
    leads: false,
    accounts: false,
    opportunities: false,
    automations: 'start',
    everyHours: 4,
    guards: {},
    ...policies,
  },
  episodes,
})

const history = (...episodes: Episodes): History => historyWith({}, ...episodes)

const appears = episode([event('a row appears', 1, 1)])

const inTransactions =
  (change: (state: StateTransaction) => StateTransaction) =>
  (store: StateStore): StateStore => ({
    ...store,
    transaction: (tenant, work, ...options) =>
      store.transaction(tenant, (state) => work(change(state)), ...options),
  })

type Records = readonly StoredRecord[]

/** What was read is changed before it is kept. */
const keeping = (change: (records: Records) => Records) =>
  inTransactions((state) => ({
    ...state,
    records: {
      ...state.records,
      save: (records, options) => state.records.save(change(records), options),
    },
  }))

const contactColumn = '_parentcontactid_value'

/** The contacts of opportunities as they were first seen. */
const firstContacts = new Map<string, FieldValue>()

const withFirstContact = (record: StoredRecord): StoredRecord => {
  const contact = record.fields[contactColumn]
  if (record.entity !== 'opportunities' || record.side !== 'dynamics' || contact === undefined) return record
  const first = firstContacts.get(record.id) ?? contact
  firstContacts.set(record.id, first)
  return { ...record, fields: { ...record.fields, [contactColumn]: first } }
}

/** Last names of contacts as they were first seen. */
const firstNames = new Map<string, FieldValue>()

const firstName = (id: string, name: FieldValue): FieldValue => {
  const first = firstNames.get(id) ?? name
  firstNames.set(id, first)
  return first
}

const withFirstName = (record: StoredRecord): StoredRecord => {
  const { lastName } = record.fields
  if (record.side !== 'activeCampaign' || lastName === undefined) return record
  return { ...record, fields: { ...record.fields, lastName: firstName(record.id, lastName) } }
}

interface Defect {
  /** The law that must notice. */
  readonly law: LawName | 'deterministic'
  readonly sabotage: Sabotage
  /** What happens, run after run, for it to show. */
  readonly history: History
}

/** Defects that somebody could build in. */
export const defects: Readonly<Record<string, Defect>> = {
  'an executor claims to have written, and has not': {
    law: 'nothing lost',
    history: history(appears, episode([event('a row is edited', 2)])),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        Object.assign(contacts, {
          update: async (id: string, input: Readonly<Record<string, unknown>>) => {
            const { contact, fieldValues } = await contacts.get(id)
            return { contact: { ...contact, ...input }, fieldValues }
          },
        })
        return client
      },
    },
  },
  'an executor writes into the wrong field': {
    law: 'nothing invented',
    history: history(appears),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        const create = contacts.create.bind(contacts)
        Object.assign(contacts, {
          create: (input: Parameters<typeof create>[0], ...rest: []) =>
            create({ ...input, firstName: `Dear ${input.firstName ?? ''}` }, ...rest),
        })
        return client
      },
    },
  },
  'a contact is created without asking whether it exists, under another address': {
    law: 'one create',
    history: history(appears),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        const create = contacts.create.bind(contacts)
        Object.assign(contacts, {
          create: async (input: Parameters<typeof create>[0], ...rest: []) => {
            await create({ ...input, email: `second-${input.email ?? ''}` }, ...rest)
            return create(input, ...rest)
          },
        })
        return client
      },
    },
  },
  'an import of changes is sent without a look at who is still there': {
    law: 'one create',
    history: history(
      episode([event('a dozen rows appear')]),
      episode([
        ...Array.from({ length: 12 }, (_, who) => ({ ...event('a row is edited', 2), who })),
        event('a contact is deleted'),
      ]),
    ),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        const list = contacts.list.bind(contacts)
        const seen = new Map<string, Contact>()
        Object.assign(contacts, {
          list: (query: Parameters<typeof list>[0] = {}) => ({
            byPage: async function* (...from: Parameters<ReturnType<typeof list>['byPage']>) {
              if (query.ids !== undefined) {
                yield { rows: query.ids.flatMap((id) => seen.get(id) ?? []), problems: [] }
                return
              }
              for await (const page of list(query).byPage(...from)) {
                for (const contact of page.rows) seen.set(contact.id, contact)
                yield page
              }
            },
          }),
        })
        return client
      },
    },
  },
  'an ETag is left out': {
    law: 'nothing lost',
    history: history(
      appears,
      episode([event('a contact is edited', 2)], { rival: { request: 1, other: 0, value: 3 } }),
    ),
    sabotage: {
      request: (request) => {
        const headers = new Headers(request.headers)
        headers.delete('if-match')
        return new Request(request, { headers })
      },
    },
  },
  'a newer value is not seen and overwritten, which both sides had at once before any run': {
    law: 'nothing lost',
    history: history(
      appears,
      episode([
        event('a row is edited', 3, 1),
        event('a contact is edited', 3, 1),
        event('a row is edited', 2, 1),
        event('a contact is edited', 0, 1),
        event('a contact is edited', 3, 1),
      ]),
    ),
    sabotage: {
      store: keeping((records) => records.map(withFirstName)),
      activeCampaign: (client) => {
        const { contacts } = client
        const get = contacts.get.bind(contacts)
        Object.assign(contacts, {
          get: async (...asked: Parameters<typeof get>) => {
            const found = await get(...asked)
            const { id, lastName } = found.contact
            return { ...found, contact: { ...found.contact, lastName: firstName(id, lastName ?? '') } }
          },
        })
        return client
      },
    },
  },
  'the base of a link is not remembered': {
    law: 'it comes to rest',
    history: history(appears, episode([event('a row is edited', 2)])),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        links: {
          ...state.links,
          save: (links) =>
            state.links.save(links.map((link) => ({ ...link, base: { dynamics: {}, activeCampaign: {} } }))),
        },
      })),
    },
  },
  'rows that changed are forgotten': {
    law: 'nobody forgotten',
    history: history(appears),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        records: {
          ...state.records,
          dirty: async (kind, page) => (kind.side === 'dynamics' ? [] : state.records.dirty(kind, page)),
        },
      })),
    },
  },
  'the first change of each page is not read': {
    law: 'nothing missed',
    history: history(appears, episode([]), episode([event('a contact is edited', 2)])),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        const list = contacts.list.bind(contacts)
        Object.assign(contacts, {
          list: (query: Parameters<typeof list>[0] = {}) => {
            const whole = list(query)
            if (query.updatedAfter === undefined) return whole
            return {
              ...whole,
              byPage: async function* () {
                for await (const page of whole.byPage()) yield { ...page, rows: page.rows.slice(1) }
              },
            }
          },
        })
        return client
      },
    },
  },
  'the limiter has a clock that runs ahead': {
    law: 'within limits',
    history: history(appears),
    sabotage: {
      clock: (clock) => ({
        ...clock,
        now: () => clock.now() * 2,
        sleep: (ms, signal) => clock.sleep(ms / 2, signal),
      }),
    },
  },
  'who opts out is subscribed': {
    law: 'consent never relaxed',
    history: history(appears, episode([event('a contact subscribes'), event('a row opts out or in')])),
    sabotage: {
      activeCampaign: (client) => {
        const { contactLists } = client
        const subscribe = contactLists.subscribe.bind(contactLists)
        Object.assign(contactLists, {
          unsubscribe: (subscription: Parameters<typeof subscribe>[0]) =>
            subscribe({ ...subscription, list: '2' }, { resubscribe: true }),
        })
        return client
      },
    },
  },
  'who left every list is not seen': {
    law: 'consent agrees',
    history: history(
      appears,
      episode([event('a contact subscribes')]),
      episode([event('a contact unsubscribes')]),
    ),
    sabotage: { store: keeping((records) => records.map(({ lists: _, ...record }) => record)) },
  },
  'a contact is said to be in its account, and is not': {
    law: 'relations agree',
    history: historyWith(
      { accounts: true },
      episode([event('an account row appears'), event('a row appears')]),
    ),
    sabotage: {
      activeCampaign: (client) => {
        const { accountContacts } = client
        Object.assign(accountContacts, {
          create: async (input: Readonly<Record<string, string>>) => ({ ...input, id: '99' }),
        })
        return client
      },
    },
  },
  'an opportunity stays on its first contact': {
    law: 'shown on its contact',
    history: historyWith(
      { opportunities: true },
      episode([
        ...appears.events,
        { ...event('a row appears', 1, 1), who: 1 },
        event('an opportunity appears'),
      ]),
      episode([event('an opportunity moves to somebody else', 0, 1)]),
    ),
    sabotage: { store: keeping((records) => records.map(withFirstContact)) },
  },
  'the opportunities of a person who comes to another contact are not looked at': {
    law: 'nothing missed',
    history: historyWith(
      { opportunities: true },
      episode([...appears.events, event('an opportunity appears')]),
      episode([event('a contact is deleted'), event('a deleted contact returns')]),
    ),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        records: {
          ...state.records,
          findByKey: (kind, keys) =>
            state.records.findByKey(
              kind,
              keys.filter((key) => !key.startsWith('person:')),
            ),
        },
      })),
    },
  },
  'a record of an opportunity is written twice': {
    law: 'written only to change',
    history: historyWith(
      { opportunities: true },
      episode([...appears.events, event('an opportunity appears')]),
    ),
    sabotage: {
      activeCampaign: (client) => {
        const { records } = client.customObjects
        const save = records.save.bind(records)
        Object.assign(records, {
          save: async (...input: Parameters<typeof save>) => {
            await save(...input)
            return save(...input)
          },
        })
        return client
      },
    },
  },
  'a record of an opportunity is made under no id of its own': {
    law: 'one create',
    history: historyWith(
      { opportunities: true },
      episode([...appears.events, event('an opportunity appears')]),
    ),
    sabotage: {
      activeCampaign: (client) => {
        const { records } = client.customObjects
        const save = records.save.bind(records)
        Object.assign(records, {
          save: (schema: string, { fields, relationships }: Parameters<typeof save>[1]) =>
            save(schema, { fields, relationships }),
        })
        return client
      },
    },
  },
  'a delete that nobody declared': {
    law: 'deletes declared',
    history: history(appears, episode([event('a row is deleted')])),
    sabotage: { policies: { deletedInDynamics: 'delete', deletedInActiveCampaign: 'delete' } },
  },
  'a field is taken back against its direction': {
    law: 'one way',
    history: historyWith(
      { contactsFlow: 'outbound' },
      appears,
      episode([event('a contact is edited', 2, 1)]),
    ),
    sabotage: { policies: { contactsFlow: 'bidirectional' } },
  },
  'tags are written that nobody asked for': {
    law: 'tags are marks',
    history: history(appears),
    sabotage: { policies: { tags: true } },
  },
  'marks are not written': {
    law: 'tags are marks',
    history: historyWith({ tags: true }, appears),
    sabotage: { policies: { tags: false } },
  },
  'deletes go past their guard': {
    law: 'guards hold',
    history: historyWith(
      { deletedInDynamics: 'delete', guards: { maxDeletes: 0 } },
      appears,
      episode([event('a row is deleted')]),
    ),
    sabotage: { policies: { guards: {} } },
  },
  'the schedule is forgotten': {
    law: 'one run a slot',
    history: history(appears, episode([event('a row is edited', 2)], { how: 'due' })),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        cursors: {
          ...state.cursors,
          get: async (name) => (name === 'schedule' ? null : state.cursors.get(name)),
        },
      })),
    },
  },
  'the switch is forgotten': {
    law: 'off is off',
    history: history(
      appears,
      episode([event('a row is edited', 2)], { switchedOffAt: 0 }),
      episode([event('a row is edited', 1)]),
    ),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        cursors: {
          ...state.cursors,
          get: async (name) => (name === 'sync/switch' ? null : state.cursors.get(name)),
        },
      })),
    },
  },
  'a webhook is let in with any secret': {
    law: 'strangers kept out',
    history: history(appears, {
      ...episode([event('a row is edited', 2)]),
      letters: [{ side: 'dynamics', from: 'service', which: 0, secret: 'wrong' }],
    }),
    sabotage: { secrets: [strangersSecret] },
  },
  'an error of our own': {
    law: 'no surprises',
    history: history(appears),
    sabotage: {
      store: inTransactions((state) => ({
        ...state,
        links: {
          ...state.links,
          save: async () => {
            throw new TypeError('a defect')
          },
        },
      })),
    },
  },
  'chance that is not passed in': {
    law: 'deterministic',
    history: history(
      episode([event('a row appears', 1, 1)], { faults: [{ request: 1, fault: '429 without Retry-After' }] }),
    ),
    sabotage: { random: Math.random },
  },
}
