import type { Contact } from '@dynacamp/activecampaign-client'
import type { Defect } from './defect.ts'
import { appears, episode, event, history } from './histories.ts'

/** What is written, and what only seems to be. */
export const writing: Readonly<Record<string, Defect>> = {
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
}
