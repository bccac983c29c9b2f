import { type Law, partsOf } from './law.ts'
import { sourcesOf } from './pairs.ts'

/** The sync makes at most one record for a source record: as often as that was made, if people restored it. */
export const oneCreate: Law = (played) => {
  const { diary } = played
  const sourcesByRecord = sourcesOf(played)
  const made = diary.entries.filter(
    ({ by, field, after }) => by === 'sync' && field === 'record' && after === true,
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
      .filter((those) => those.length > lives(source))
      .map((those) => `${source} was created ${those.length} times: ${those.join(', ')}.`)
  })
  return [...orphans, ...twice]
}
