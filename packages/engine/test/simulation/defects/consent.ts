import type { Defect } from './defect.ts'
import { appears, episode, event, history } from './histories.ts'
import { keeping } from './meddling.ts'

/** Who may be written to. */
export const consent: Readonly<Record<string, Defect>> = {
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
}
