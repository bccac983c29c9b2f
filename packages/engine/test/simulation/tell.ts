import type { Event } from './events/event.ts'
import type { Episode, History } from './history.ts'
import type { Letter } from './postman.ts'

const tellEvent = ({ kind, who, other, value }: Event): string => `${kind} (${who}, ${other}, ${value})`

const tellLetter = ({ side, from, which, secret }: Letter): string =>
  `a webhook of ${side}${from === 'elsewhere' ? ', that it never sent' : ''} (${which})${secret === 'wrong' ? ' with a wrong secret' : ''}`

const tellEpisode = ({ events, letters, minutes, run }: Episode, index: number): readonly string[] => [
  `${index + 1}. ${events.map(tellEvent).join('; ') || 'nothing happens'}`,
  `   ${minutes} minutes later a ${run.full ? 'full ' : ''}${run.how}${run.deadlineMs === null ? '' : ` with ${run.deadlineMs} ms`}${run.pausedAt === null ? '' : `, paused at step ${run.pausedAt}`}${run.killedAt === null ? '' : `, killed at step ${run.killedAt}`}`,
  ...letters.map((letter) => `   before it ${tellLetter(letter)}`),
  ...(run.refused === null ? [] : [`   meanwhile ${run.refused}`]),
  ...run.faults.map(({ request, fault }) => `   request ${request}: ${fault}`),
  ...run.storeFaults.map(
    ({ transaction, fault }) => `   transaction ${transaction}: the store fails: ${fault}`,
  ),
  ...run.letters.map(({ request, letter }) => `   before request ${request} ${tellLetter(letter)}`),
  ...(run.switchedOffAt === null
    ? []
    : [`   before request ${run.switchedOffAt} somebody switches the sync off`]),
  ...(run.askedAt === null
    ? []
    : [`   before request ${run.askedAt} another process asks whether a run is due`]),
  ...(run.lostWrite === null ? [] : [`   the answer to write ${run.lostWrite} is lost`]),
  ...run.meanwhile.map(({ request, event }) => `   before request ${request}: ${tellEvent(event)}`),
  ...(run.rival === null
    ? []
    : [
        `   somebody edits the record of single request ${run.rival.request} (${run.rival.other}, ${run.rival.value})`,
      ]),
  ...(run.betweenPages === null ? [] : [`   between pages: ${tellEvent(run.betweenPages)}`]),
]

/** A history as people read it. */
export const tell = ({ policies, episodes, storeMs }: History): string =>
  [
    Object.entries(policies)
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', '),
    ...(storeMs === 0 ? [] : [`the store is ${storeMs} ms away`]),
    ...episodes.flatMap(tellEpisode),
  ].join('\n')
