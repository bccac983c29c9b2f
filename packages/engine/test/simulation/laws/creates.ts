import type { Action } from '@dynacamp/core'
import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { counterpartOf, partsOf } from '../record-names.ts'
import { valuesHeld } from './cell-history.ts'
import type { Law } from './law.ts'
import { sourcesOf } from './pairs.ts'

/**
 * Whether the request behind an entry was sent by a worker after its lease had been taken: it was waiting for its turn, or on
 * its way, and nothing could call it back.
 */
const wasLate = ({ exchanges, overtaken }: Played, { at }: Entry): boolean => {
  const write = exchanges.findLast((exchange) => exchange.method !== 'GET' && exchange.at < at)
  return write !== undefined && write.at > (overtaken.get(write.worker) ?? Number.POSITIVE_INFINITY)
}

/**
 * How often a source lost its counterpart to another record with its address: the link is forgotten for that one, and where
 * people delete it, too, before it is linked, the source stands alone as on the first day.
 */
const handedOver = ({ journal }: Played, source: string): number =>
  journal.filter(
    ({ action: { kind, entity, activeCampaignId, because } }) =>
      kind === 'unlink-records' &&
      because.endsWith('takes over.') &&
      source === `activeCampaign/${counterpartOf(entity)}/${activeCampaignId}`,
  ).length

/**
 * Whether people deleted a record, or gave it another e-mail, before the journal named it: its maker never got the answer, was killed
 * with it, or had no time to ask what an import made. Then nobody can tell whether there ever was one, and it is made again.
 */
const wasNeverLearnt = ({ diary, journal, learnt }: Played, { record, at }: Entry): boolean => {
  const { entity, id } = partsOf(record)
  const left = diary.entries.find(
    (entry) =>
      entry.record === record &&
      (entry.field === 'email' || (entry.field === 'record' && entry.after === false)) &&
      entry.at > at,
  )
  if (left?.by !== 'people') return false
  const isNamed = (action: Action): boolean =>
    counterpartOf(action.entity) === entity && action.activeCampaignId === id
  return (
    learnt.every((one) => one.record !== record || one.at > left.at) &&
    journal.every((one) => !isNamed(one.action) || one.at > left.at)
  )
}

const addressOf = (played: Played, record: string, at: number): string =>
  String(valuesHeld(played, { record, field: 'email', from: at, to: at })[0] ?? '').toLowerCase()

/**
 * Whether a contact was made again by an import that was to change it, as people deleted it, or gave it another address, after the
 * last look at it and before ActiveCampaign carried the import out.
 */
const wasUnseenBeforeImport = (played: Played, { record, at }: Entry): boolean => {
  const { diary, exchanges } = played
  const made = addressOf(played, record, at)
  return diary.entries.some((left) => {
    const { side, entity, id } = partsOf(left.record)
    const isLeaving = left.field === 'email' || (left.field === 'record' && left.after === false)
    if (side !== 'activeCampaign' || entity !== 'contacts' || !isLeaving) return false
    if (left.by !== 'people' || left.at > at || addressOf(played, left.record, left.at - 1) !== made)
      return false
    const look = exchanges.findLast(
      (exchange) =>
        exchange.method === 'GET' &&
        exchange.at < at &&
        new URLSearchParams(exchange.path.split('?')[1]).getAll('ids[]').includes(id),
    )
    return look !== undefined && look.at < left.at
  })
}

/** The sync makes at most one record for a source record: as often as that was made, if people restored it. */
export const oneCreate: Law = (played) => {
  const { diary } = played
  const sourcesByRecord = sourcesOf(played)
  const made = diary.entries.filter(
    (entry) =>
      entry.by === 'sync' &&
      entry.field === 'record' &&
      entry.after === true &&
      !wasLate(played, entry) &&
      !wasNeverLearnt(played, entry) &&
      !wasUnseenBeforeImport(played, entry),
  )
  const lives = (record: string): number =>
    Math.max(
      1,
      diary.entries.filter(
        (entry) => entry.record === record && entry.field === 'record' && entry.after === true,
      ).length,
    )
  const perSource = new Map<string, string[]>()
  const orphans: string[] = []
  for (const { record } of made) {
    const sources = [...(sourcesByRecord.get(record) ?? [])]
    if (sources.length === 0) orphans.push(`${record} was made for nobody.`)
    for (const source of sources) perSource.set(source, [...(perSource.get(source) ?? []), record])
  }
  const twice = [...perSource].flatMap(([source, records]) => {
    const ofOneKind = Map.groupBy(records, (record) => partsOf(record).entity)
    return [...ofOneKind.values()]
      .filter((those) => those.length > lives(source) + handedOver(played, source))
      .map((those) => `${source} was created ${those.length} times: ${those.join(', ')}.`)
  })
  return [...orphans, ...twice]
}
