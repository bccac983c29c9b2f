import type { Played } from '../play.ts'
import { isBlank } from './cell-history.ts'
import type { Law } from './law.ts'
import { excusesOf, metBy } from './met.ts'

const recordsPath = '/api/3/customObjects/records/'
const externalId = /"externalId":"([^"]+)"/

/**
 * A record of the custom object is written only to change it: each write starts the automations of an update. So each write
 * that was answered has a change of the record to show.
 */
export const writtenOnlyToChange: Law = ({ exchanges, overtaken, diary }) =>
  exchanges.flatMap(({ at, endedAt, worker, method, path, body, status }): readonly string[] => {
    if (method !== 'POST' || !path.startsWith(recordsPath) || status !== 201) return []
    // What a worker had under way when its lease was taken still arrives.
    if (at > (overtaken.get(worker) ?? Number.POSITIVE_INFINITY)) return []
    const record = `activeCampaign/records/${externalId.exec(body)?.[1]}`
    const changed = diary.entries.some(
      (entry) => entry.by === 'sync' && entry.record === record && entry.at > at && entry.at < endedAt,
    )
    return changed ? [] : [`${record} was written at ${at} as it was.`]
  })

/**
 * The rows that stand for an opportunity's person, the first that is in sync counts: its contact alone where it names one, else
 * its customer, if that is a contact, else its lead.
 */
const peopleOf = ({ definition, diary }: Played, opportunity: string): readonly string[] => {
  const cells = diary.now.get(opportunity) ?? {}
  const contact = cells._parentcontactid_value
  if (!isBlank(contact)) return [`dynamics/contacts/${String(contact)}`]
  const hasLeads = definition.entities.some(({ entity }) => entity === 'leads')
  return [
    `dynamics/contacts/${String(cells._customerid_value)}`,
    ...(hasLeads ? [`dynamics/leads/${String(cells._originatingleadid_value)}`] : []),
  ].filter((row) => diary.now.has(row))
}

/** Once all is quiet, an opportunity's record is shown on the contact of its person. */
export const shownOnItsContact: Law = (played) => {
  const { diary, lastPlan } = played
  if (lastPlan === undefined) return []
  const excuses = excusesOf(played)
  const all = metBy(played)
  return all.flatMap(({ entity, row, contact: record }): readonly string[] => {
    if (entity !== 'opportunities' || excuses.records.has(row)) return []
    const people = peopleOf(played, row)
    const shown = `activeCampaign/contacts/${String(diary.now.get(record)?.contact)}`
    // Where an address is held, the contact that has it now need not be the one that is linked.
    const isUncertain = (person: string): boolean =>
      excuses.records.has(person) || excuses.fields.has(`${person} emailaddress1:email`)
    if (people.some(isUncertain)) return []
    const met = people.flatMap((person) => all.filter((other) => other.row === person)).at(0)
    if (met === undefined || met.contact === shown) return []
    return [`${record} is shown on ${shown}, and its person is ${met.contact}.`]
  })
}
