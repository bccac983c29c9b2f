import type { Action, Plan, RecordInput } from '@dynacamp/core'
import type { Batch } from './dirty-batches.ts'

/** A contact whose lists a plan acts on, and the place in the batch of the first record for which it does; -1 where that is in none. */
export interface ActedOn {
  readonly id: string
  readonly place: number
}

/** What the state remembers of the lists of these contacts may have changed since without a trace. */
const concernsLists = ({ kind, changes }: Action): boolean =>
  kind === 'unsubscribe-active-campaign-contact' ||
  kind === 'resubscribe-active-campaign-contact' ||
  changes.some(({ reason }) => reason.code === 'opt-out-wins')

const contactsOf = ({ activeCampaign, predecessors = [] }: RecordInput): readonly string[] => [
  ...(activeCampaign === undefined ? [] : [activeCampaign.id]),
  ...predecessors.map((predecessor) => predecessor.activeCampaign.id),
]

/** Contacts whose lists a plan acts on, in the order of the batch's records. */
export const contactsActedOn = ({ actions }: Plan, { records }: Batch): readonly ActedOn[] => {
  const places = new Map<string, number>()
  for (const [place, record] of records.entries()) {
    const ids = [...contactsOf(record), ...(record.dynamics === undefined ? [] : [record.dynamics.id])]
    for (const id of ids) if (!places.has(id)) places.set(id, place)
  }
  const found = new Map<string, number>()
  for (const action of actions) {
    const { dynamicsId, activeCampaignId: id } = action
    if (id === null || !concernsLists(action)) continue
    const place = places.get(id) ?? places.get(dynamicsId ?? '') ?? -1
    found.set(id, Math.min(place, found.get(id) ?? place))
  }
  return [...found].map(([id, place]) => ({ id, place })).toSorted((a, b) => a.place - b.place)
}

/** The id by which a record is met where the dirty ones of a side are gone through. */
const idOn = (side: Batch['side'], { link, dynamics, activeCampaign }: RecordInput): string | undefined => {
  if (side === null) return link?.id
  return (side === 'dynamics' ? dynamics : activeCampaign)?.id
}

/** Whether a batch can be cut: behind its first part another one can begin. */
export const isDivisible = ({ records, last }: Batch): boolean => last !== undefined && records.length > 1

/** The records of a batch before a place, one of them at least, and all that are met under one id. */
export const partBefore = (batch: Batch, place: number): Batch => {
  const { side, records } = batch
  let end = Math.max(place, 1)
  const idAt = (index: number): string | undefined => {
    const record = records[index]
    return record && idOn(side, record)
  }
  while (end < records.length && idAt(end) === idAt(end - 1)) end += 1
  const last = idAt(end - 1)
  if (end >= records.length || last === undefined) return batch
  return { ...batch, records: records.slice(0, end), last }
}
