import type { Policies } from '../definition.ts'
import { type History, type Run, undisturbed } from '../history.ts'
import type { Letter } from '../postman.ts'

export const event = (kind: string, value = 0, other = 0) => ({ kind, who: 0, other, value })

const noLetters: readonly Letter[] = []

export const episode = (events: readonly ReturnType<typeof event>[], run: Partial<Run> = {}) => ({
  events,
  letters: noLetters,
  minutes: 1,
  run: { ...undisturbed, ...run },
})

type Episodes = readonly ReturnType<typeof episode>[]

export const historyWith = (policies: Partial<Policies>, ...episodes: Episodes): History => ({
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
  storeMs: 0,
})

export const history = (...episodes: Episodes): History => historyWith({}, ...episodes)

export const appears = episode([event('a row appears', 1, 1)])
