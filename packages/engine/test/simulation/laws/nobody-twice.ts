import type { Entry } from '../diary.ts'
import type { Played } from '../play.ts'
import { partsOf } from '../record-names.ts'
import { valuesHeld } from './cell-history.ts'
import type { Law } from './law.ts'

const addressOf = (cells: readonly unknown[]): readonly string[] =>
  cells.map((cell) =>
    String(cell ?? '')
      .trim()
      .toLowerCase(),
  )

/** The place in the diary at which the host asked for what made this record, or the webhook came. */
const askedAt = ({ exchanges, answered }: Played, { at }: Entry): number | undefined => {
  const write = exchanges.findLast(
    ({ service, method, at: sentAt }) => service === 'dynamics' && method !== 'GET' && sentAt < at,
  )
  if (write === undefined) return undefined
  return write.askedAt ?? answered.findLast(({ from, until }) => from < write.at && write.at < until)?.from
}

/** Whether a row was there, active and with this address, from one moment to another. */
const heldAllAlong = (
  played: Played,
  row: string,
  { address, from, to }: { readonly address: string; readonly from: number; readonly to: number },
): boolean => {
  const held = (field: string) => valuesHeld(played, { record: row, field, from, to })
  const presence = played.diary.entries.filter(
    ({ record, field, at }) => record === row && field === 'record' && at <= to,
  )
  return (
    presence.at(-1)?.after === true &&
    (presence.at(-1)?.at ?? to) < from &&
    addressOf(held('emailaddress1')).every((value) => value === address) &&
    held('statecode').every((state) => state === 0)
  )
}

/** A row is made for nobody whom D365 had, in a table that is in sync, when the host asked for it. */
export const nobodyTwice: Law = (played) => {
  const { diary, definition } = played
  const tables = definition.entities.map(({ entity }) => entity as string)
  const rows = [...new Set(diary.entries.map(({ record }) => record))].filter((record) => {
    const { side, entity } = partsOf(record)
    return side === 'dynamics' && tables.includes(entity) && (entity === 'contacts' || entity === 'leads')
  })
  const made = diary.entries.filter(
    ({ by, field, after, record }) =>
      by === 'sync' && field === 'record' && after === true && rows.includes(record),
  )
  return made.flatMap((entry): readonly string[] => {
    const from = askedAt(played, entry)
    const { record, at } = entry
    const [address = ''] = addressOf(valuesHeld(played, { record, field: 'emailaddress1', from: at, to: at }))
    if (from === undefined || address === '') return []
    return rows
      .filter((other) => other !== record && heldAllAlong(played, other, { address, from, to: at }))
      .map(
        (other) =>
          `${record} was made at ${at} for ${address}, whom D365 had since before ${from}: ${other}.`,
      )
  })
}
