import { escapeText } from '@dynacamp/core'
import { formatDuration } from 'date-fns/formatDuration'
import { intervalToDuration } from 'date-fns/intervalToDuration'
import type { RunRecord } from '../state/run-state.ts'
import type { EntityHealth, Health } from './health.ts'

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0)

/** A duration in its two largest units. */
const durationText = (ms: number): string => {
  const duration = intervalToDuration({ start: 0, end: Math.max(ms, 1_000) })
  return formatDuration(duration).split(' ').slice(0, 4).join(' ')
}

const reasons = (title: string, counts: Readonly<Record<string, number>>): readonly string[] =>
  sum(counts) === 0
    ? []
    : [
        `  ${title.padEnd(12)}${sum(counts)}: ` +
          Object.entries(counts)
            .sort(([, a], [, b]) => b - a)
            .map(([code, count]) => `${count} ${escapeText(code)}`)
            .join(', '),
      ]

const entityLines = (name: string, entity: EntityHealth): readonly string[] => [
  `${name}: ${entity.inSync} of ${entity.linked} pairs in sync; ` +
    `${entity.records.dynamics} rows in Dynamics 365, ${entity.records.activeCampaign} records in ActiveCampaign`,
  ...reasons('failing', entity.failing),
  ...reasons('held', entity.held),
  ...(entity.heldFields === 0 ? [] : [`  ${'held fields'.padEnd(12)}${entity.heldFields}`]),
  ...reasons('excluded', entity.excluded),
]

const runLine = ({ startedAt, endedAt, trigger, status, counts, error }: RunRecord): string => {
  const done = Object.entries(counts).filter(([key, count]) => key.endsWith('.done') && count > 0)
  const what = done.map(([key, count]) => `${count} ${key.replace('.done', '')}`).join(', ')
  const took = endedAt === null ? '' : ` in ${durationText(Date.parse(endedAt) - Date.parse(startedAt))}`
  const why = error === null ? '' : ` (${escapeText(error.code)}: ${escapeText(error.message)})`
  return `  ${startedAt} ${trigger}: ${status}${took}; ${what === '' ? 'nothing changed' : what}${why}`
}

/**
 * A health view as lines of text: what is in sync, what is not and why, the last runs and the next.
 *
 * @example
 * import { renderHealth, type Sync } from '@dynacamp/engine'
 *
 * export const show = async (sync: Sync) => console.log(renderHealth(await sync.health()))
 */
export const renderHealth = (health: Health): string => {
  const { at, tenant, switchedOn, initialSyncDone, entities, runs, nextRunAt, lagMs, hints, lately, unread } =
    health
  const initial = initialSyncDone ? '' : '; the initial sync is still to be done'
  return [
    `${escapeText(tenant)} at ${at}: ${switchedOn ? 'on' : 'OFF'}${initial}`,
    lagMs === null
      ? 'No run has completed yet.'
      : `The oldest change has waited at most ${durationText(lagMs)}.`,
    ...(nextRunAt === null ? [] : [`Next run: ${nextRunAt}.`]),
    ...(hints === 0 ? [] : [`Hints that wait: ${hints}.`]),
    ...unread.map(
      ({ entity, side, code, message, remedy }) =>
        `Cannot be read: ${entity} of ${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'} (${escapeText(code)}: ${escapeText(message)}) ${remedy}`,
    ),
    '',
    ...Object.entries(entities).flatMap(([name, entity]) => entityLines(name, entity)),
    ...(runs.length === 0 ? [] : ['', 'Last runs', ...runs.map(runLine)]),
    ...(lately.length === 0 ? [] : ['', 'Changed lately']),
    ...lately.map(
      ({ at: when, kind, entity, dynamicsId, activeCampaignId, status }) =>
        `  ${when} ${kind} ${entity} ${escapeText(dynamicsId ?? '-')} ${escapeText(activeCampaignId ?? '-')}: ${status ?? 'unknown'}`,
    ),
    '',
  ].join('\n')
}
