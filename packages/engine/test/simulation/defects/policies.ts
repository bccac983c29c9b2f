import type { Defect } from './defect.ts'
import { appears, episode, event, history, historyWith } from './histories.ts'

/** What the definition declares, and what is done. */
export const policies: Readonly<Record<string, Defect>> = {
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
  'changes go past their guard': {
    law: 'guards hold',
    history: historyWith(
      { guards: { maxChangedShare: 0.5 } },
      episode([0, 1, 2].map((who) => ({ ...event('a row appears', 1, 1), who }))),
      episode([0, 1, 2].map((who) => ({ ...event('a row is edited', 2, 2), who }))),
    ),
    sabotage: { policies: { guards: {} } },
  },
}
