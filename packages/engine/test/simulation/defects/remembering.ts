import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { StoredRecord } from '../../../src/index.ts'
import type { Defect } from './defect.ts'
import { appears, episode, event, history, historyWith } from './histories.ts'
import { inTransactions, keeping } from './meddling.ts'

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

/** Last names of contacts as they were kept last. */
const latestNames = new Map<string, FieldValue>()

/** The name that was kept before. */
const withNameBefore = (record: StoredRecord): StoredRecord => {
  const { lastName } = record.fields
  if (record.side !== 'activeCampaign' || lastName === undefined) return record
  const before = latestNames.get(record.id) ?? lastName
  latestNames.set(record.id, lastName)
  return { ...record, fields: { ...record.fields, lastName: before } }
}

/** What is read, and what is kept of it. */
export const remembering: Readonly<Record<string, Defect>> = {
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
  'a row that was there is not seen': {
    law: 'nobody twice',
    history: historyWith(
      { createInDynamics: 'tagged' },
      // The row and the contact of one person, who asks to be in D365.
      episode([event('a row appears', 1, 1)], { refused: 'contacts of ActiveCampaign are refused' }),
      episode([event('a contact appears', 3, 0)]),
    ),
    sabotage: {
      store: keeping((records) => records.filter(({ side }) => side !== 'dynamics')),
    },
  },
  'a contact is written down as it was before the sync changed it': {
    law: 'nothing taken back',
    history: history(appears, episode([event('a row is edited', 2, 1)])),
    sabotage: { store: keeping((records) => records.map(withNameBefore)) },
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
}
