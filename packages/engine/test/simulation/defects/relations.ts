import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { StoredRecord } from '../../../src/index.ts'
import type { Defect } from './defect.ts'
import { appears, episode, event, historyWith } from './histories.ts'
import { inTransactions, keeping } from './meddling.ts'

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

/** Who belongs to which account, and whose an opportunity is. */
export const relations: Readonly<Record<string, Defect>> = {
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
}
