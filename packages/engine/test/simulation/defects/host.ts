import { strangersSecret } from '../postman.ts'
import type { Defect } from './defect.ts'
import { appears, episode, event, history } from './histories.ts'
import { inTransactions } from './meddling.ts'

/** What the host passes in, asks for or is told. */
export const host: Readonly<Record<string, Defect>> = {
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
  'nobody waits for some calls': {
    law: 'ended is ended',
    history: history(appears),
    sabotage: {
      activeCampaign: (client) => {
        const { contacts } = client
        const list = contacts.list.bind(contacts)
        const goOn = async (): Promise<void> => {
          for (let call = 0; call < 20; call += 1) await client.lists.list().toArray()
        }
        Object.assign(contacts, {
          list: (...asked: Parameters<typeof list>) => {
            goOn().catch(() => undefined)
            return list(...asked)
          },
        })
        return client
      },
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
