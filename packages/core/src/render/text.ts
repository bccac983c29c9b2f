import { groupBy } from 'fp-ts/lib/NonEmptyArray.js'
import type { Action } from '../actions/action.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { Conflict, Hold, Skip, Subject } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { counterpartName } from '../plan/counterpart-actions.ts'
import { escapeText } from './escape.ts'
import { type Paint, painter } from './paint.ts'
import { summaryOf } from './summary.ts'
import {
  disputeOf,
  needsBecause,
  needsOf,
  showAfter,
  showValue,
  symbolOf,
  verbOf,
  winnerOf,
} from './words.ts'

/** Skipped records listed by name per reason; the rest is counted. The JSON has them all. */
const namedSkips = 10

const nameOf = ({ entity, title }: Subject): string => `${entity} ${escapeText(title)}`

/** With the id: several held records may well have one title. */
const namedWithId = (subject: Subject): string => {
  const { dynamicsId, activeCampaignId } = subject
  const id = dynamicsId ?? (activeCampaignId && `${counterpartName(subject.entity)} ${activeCampaignId}`)
  return id === null || subject.title === id ? nameOf(subject) : `${nameOf(subject)} (${escapeText(id)})`
}

const clip = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 1))}…`

const changeLine = (
  action: Action,
  change: FieldChange,
  names: number,
  width: number,
  paint: Paint,
): string => {
  const before = showValue(change.before, change.sensitive)
  const after = showAfter(action, change)
  const create = symbolOf(action) === '+'
  const symbol = create ? '+' : '~'
  const room = Math.max(Math.floor((width - names - 16) / 2), 12)
  const values = create ? clip(after, room * 2) : `${clip(before, room)} → ${clip(after, room)}`
  const why = create ? '' : `  # ${escapeText(change.reason.message)}`
  return `      ${paint(symbol, symbol)} ${escapeText(change.field).padEnd(names)}  ${values}${why}`
}

const actionLines = (action: Action, width: number, paint: Paint): readonly string[] => {
  const symbol = symbolOf(action)
  const names = Math.max(0, ...action.changes.map(({ field }) => escapeText(field).length))
  return [
    `  ${paint(symbol, symbol)} ${paint('bold', nameOf(action))}: ${verbOf(action)}`,
    ...(needsBecause(action) ? [`      # ${escapeText(action.because)}`] : []),
    ...action.changes.map((change) => changeLine(action, change, names, width, paint)),
  ]
}

const valuesLine = ({ base, dynamics, activeCampaign, sensitive }: Conflict): string => {
  const was = base === null ? 'never in sync' : `was ${showValue(base.dynamics, sensitive)}`
  return `      ${was}; Dynamics 365 ${showValue(dynamics, sensitive)}, ActiveCampaign ${showValue(activeCampaign, sensitive)}`
}

const holdLines = (hold: Hold, conflict: Conflict | undefined, paint: Paint): readonly string[] => [
  `  ${paint('!', '!')} ${paint('bold', namedWithId(hold))}${hold.field === null ? '' : ` ${escapeText(hold.field)}`}: ${escapeText(hold.reason.message)}`,
  ...(conflict === undefined ? [] : [valuesLine(conflict)]),
  ...hold.candidates.map(
    ({ side, entity, id, title, linkedTo }) =>
      `      candidate in ${side === 'dynamics' ? 'Dynamics 365' : 'ActiveCampaign'}: ` +
      `${entity} ${escapeText(title)} (${escapeText(id)}${linkedTo === null ? '' : `, linked to ${escapeText(linkedTo)}`})`,
  ),
  ...hold.resolve.map((way) => `      ⇒ ${escapeText(way)}`),
]

const conflictLines = (conflict: Conflict, paint: Paint): readonly string[] => [
  `  ${paint('!', '!')} ${paint('bold', nameOf(conflict))} ${escapeText(conflict.field)}: ${winnerOf(conflict)}`,
  valuesLine(conflict),
  `      # ${escapeText(conflict.reason.message)}`,
]

const reasonLines = ([message, skips]: readonly [string, readonly Skip[]]): readonly string[] => [
  `    ${skips.length} × ${escapeText(message)}`,
  ...skips.slice(0, namedSkips).map((skip) => `        ${nameOf(skip)}`),
  ...(skips.length > namedSkips ? [`        … and ${skips.length - namedSkips} more`] : []),
]

/** Skips by their reason; of a kind of which each names another record, as many reasons as records of one. */
const skipLines = (skips: readonly Skip[]): readonly (readonly string[])[] =>
  Object.values(groupBy((skip: Skip) => skip.reason.code)([...skips])).flatMap((ofCode) => {
    const reasons = Object.entries(groupBy((skip: Skip) => skip.reason.message)(ofCode))
    const rest = reasons.slice(namedSkips).flatMap(([, group]) => group).length
    return [
      ...reasons.slice(0, namedSkips).map(reasonLines),
      ...(rest === 0 ? [] : [[`    … and ${rest} more of this kind`]]),
    ]
  })

/** A heading and its entries, as many as asked for, several lines each. */
const section = (
  title: string,
  entries: readonly (readonly string[])[],
  { paint, maxEntries }: { readonly paint: Paint; readonly maxEntries: number },
): readonly string[] => {
  const more = entries.length - maxEntries
  return entries.length === 0
    ? []
    : [
        '',
        paint('bold', title),
        ...entries.slice(0, maxEntries).flat(),
        ...(more > 0 ? [`  … and ${more} more`] : []),
      ]
}

/** Lines of text for a terminal, holds and conflicts before anything that goes by itself. */
export const renderText = (
  plan: Plan,
  options: { readonly colour?: boolean; readonly width?: number; readonly maxEntries?: number },
): string => {
  const paint = painter(options.colour ?? false)
  const width = options.width ?? 100
  const { maxEntries = Number.POSITIVE_INFINITY } = options
  const look = { paint, maxEntries }
  const [records, kinds, cost] = summaryOf(plan)
  const silent = plan.actions.filter(({ kind }) => kind === 'link-records')
  const disputed = new Map(plan.conflicts.map((conflict) => [disputeOf(conflict), conflict]))
  const decided = plan.conflicts.filter(({ winner }) => winner !== 'held')
  const loud = plan.actions.filter(({ kind }) => kind !== 'link-records')
  return [
    paint('bold', records),
    kinds,
    cost,
    ...plan.guards
      .filter(({ tripped }) => tripped)
      .map(({ message }) => paint('-', `STOPPED, nothing is written: ${escapeText(message)}`)),
    ...section(
      'Held: a person has to decide',
      plan.holds.map((hold) => holdLines(hold, disputed.get(disputeOf(hold)), paint)),
      look,
    ),
    ...section(
      'Conflicts that are decided',
      decided.map((conflict) => conflictLines(conflict, paint)),
      look,
    ),
    ...section(
      'Actions',
      loud.map((action) => actionLines(action, width, paint)),
      look,
    ),
    ...section(
      'Remembered as in sync, without a call',
      silent.map((action) => actionLines(action, width, paint)),
      look,
    ),
    ...section(
      'Not known yet: looked up, then planned again',
      needsOf(plan).map((need) => [`  ? ${need}`]),
      look,
    ),
    ...section('Skipped', skipLines(plan.skips), look),
    ...(plan.actions.length + plan.needs.length === 0 ? ['', 'Nothing to do.'] : []),
    ...(plan.actions.length > 20 ? ['', paint('bold', records), kinds, cost] : []),
    '',
  ].join('\n')
}
