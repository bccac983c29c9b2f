import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { Played } from '../play.ts'
import { partsOf } from '../record-names.ts'
import type { Cells } from '../services.ts'
import { isBlank } from './cell-history.ts'
import type { Law } from './law.ts'
import { excusesOf, isKeyHeld, metBy } from './met.ts'

/**
 * Whether people emptied this cell at some time, or restored a deleted record without it: a blank that overwrites nothing
 * stays.
 */
export const emptiedByPeople = ({ diary }: Played, record: string, field: string): boolean => {
  const own = diary.entries.filter((entry) => entry.record === record)
  const gone = own.findIndex((entry) => entry.field === 'record' && entry.after === false)
  return own.some(
    (entry, index) =>
      entry.by === 'people' &&
      (entry.field === field
        ? isBlank(entry.after)
        : entry.field === 'record' &&
          entry.after === true &&
          gone !== -1 &&
          gone < index &&
          own.every((e) => e.at !== entry.at || e.field !== field || isBlank(e.after))),
  )
}

/** Whether the sync made this record without the value: the blanks of a new record are taken as they are. */
const blankSinceTheSyncMadeIt = ({ diary }: Played, record: string, field: string): boolean => {
  const own = diary.entries.filter((entry) => entry.record === record)
  const made = own.some((entry) => entry.by === 'sync' && entry.field === 'record' && entry.after === true)
  return made && own.every((entry) => entry.field !== field || isBlank(entry.after))
}

/** Both sides agree on every mapped field, but for what the last plan holds or skips and what a blank policy leaves alone. */
export const agreement: Law = (played) => {
  const { definition, diary, lastPlan } = played
  if (lastPlan === undefined) return []
  const excuses = excusesOf(played)
  const cellsOf = (record: string): Cells => diary.now.get(record) ?? {}
  return metBy(played).flatMap((met) => {
    const { entity, row, contact } = met
    const compiled = definition.entities.find((candidate) => candidate.entity === entity)
    if (excuses.records.has(row) || isKeyHeld(played, excuses, met)) return []
    return (compiled?.fields ?? []).flatMap((mapping): readonly string[] => {
      const d: FieldValue = cellsOf(row)[mapping.dynamics] ?? null
      const a: FieldValue = cellsOf(contact)[mapping.activeCampaign] ?? null
      if (mapping.equivalent(d, a) || excuses.fields.has(`${row} ${mapping.key}`)) return []
      if (blankSinceTheSyncMadeIt(played, row, mapping.dynamics)) return []
      if (blankSinceTheSyncMadeIt(played, contact, mapping.activeCampaign)) return []
      if (mapping.blank === 'onlyIfEmpty' && !isBlank(d) && !isBlank(a)) return []
      if (mapping.blank !== 'clear' && isBlank(d) !== isBlank(a)) {
        if (
          emptiedByPeople(played, row, mapping.dynamics) ||
          emptiedByPeople(played, contact, mapping.activeCampaign)
        )
          return []
        if (mapping.direction === 'outbound' && isBlank(d)) return []
        if (mapping.direction === 'inbound' && isBlank(a)) return []
      }
      return [
        `${row} ${mapping.dynamics} is ${JSON.stringify(d)}, ${contact} ${mapping.activeCampaign} is ${JSON.stringify(a)}, and nothing holds it.`,
      ]
    })
  })
}

/** Nobody is forgotten: a row that takes part has its contact, account or record, or the last plan says why not. */
export const nobodyForgotten: Law = (played) => {
  const { definition, diary, lastPlan } = played
  if (lastPlan === undefined) return []
  const excuses = excusesOf(played)
  const met = new Set(metBy(played).map(({ row }) => row))
  return [...diary.now].flatMap(([record, cells]): readonly string[] => {
    const { side, entity } = partsOf(record)
    const compiled = definition.entities.find((candidate) => candidate.entity === entity)
    if (side !== 'dynamics' || compiled === undefined || met.has(record)) return []
    const key = compiled.match[0]?.dynamics ?? 'name'
    const isActive = cells.statecode === 0 || entity === 'opportunities'
    if (!isActive || !compiled.inScope(cells) || isBlank(cells[key])) return []
    if (excuses.records.has(record)) return []
    if ([...excuses.fields].some((field) => field.startsWith(`${record} ${key}:`))) return []
    return [`${record} (${String(cells[key])}) has no counterpart, and nothing says why.`]
  })
}
