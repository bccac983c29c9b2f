import type { Played } from '../play.ts'
import { isPerson } from '../record-names.ts'
import { listIds } from '../services.ts'
import type { Law } from './law.ts'
import { excusesOf, isKeyHeld, metBy } from './met.ts'

/** The sync never clears `donotbulkemail`, and subscribes nobody, unless the definition says so in as many words. */
export const consentNeverRelaxed: Law = ({ diary, history: { policies } }) =>
  diary.entries.flatMap(({ by, record, field, before, after, at }): readonly string[] => {
    if (by !== 'sync') return []
    if (field === 'donotbulkemail' && before === true && after !== true) {
      return [`${record}: donotbulkemail was cleared at ${at}.`]
    }
    if (field.startsWith('list ') && after === '1' && policies.resubscribe === 'never') {
      return [`${record} was subscribed to ${field} at ${at}.`]
    }
    return []
  })

/** The sync alone took a contact off its lists, and never for what its row said: its row had left, or another row opted out. */
const isOffBySyncAlone = ({ diary: { entries } }: Played, row: string, contact: string): boolean => {
  const lastBy = new Map<string, string>()
  for (const { record, field, by } of entries)
    if (record === contact && field.startsWith('list ')) lastBy.set(field, by)
  const saidSo = entries.some(
    ({ record, field, after }) => record === row && field === 'donotbulkemail' && after === true,
  )
  return !saidSo && lastBy.size > 0 && [...lastBy.values()].every((by) => by === 'sync')
}

/**
 * Once all is quiet, opting out has won on both sides: who opted out in D365 is subscribed nowhere, and who left all lists in
 * ActiveCampaign has `donotbulkemail` set.
 */
export const consentAgrees: Law = (played) => {
  if (played.lastPlan === undefined) return []
  const { now } = played.diary
  const excuses = excusesOf(played)
  return metBy(played).flatMap((met): readonly string[] => {
    const { entity, row, contact } = met
    if (!isPerson(entity) || excuses.records.has(row) || isKeyHeld(played, excuses, met)) return []
    const statuses = listIds
      .map((list) => now.get(contact)?.[`list ${list}`])
      .filter((status) => status != null)
    const optedOut = now.get(row)?.donotbulkemail === true
    // 0 is unconfirmed: on confirming there would be mail.
    const subscribed = statuses.some((status) => status === '1' || status === '0')
    if (optedOut && subscribed) return [`${row} opted out, and ${contact} is still subscribed.`]
    if (statuses.length > 0 && !subscribed && !optedOut && !isOffBySyncAlone(played, row, contact))
      return [`${contact} left every list, and ${row} does not say "do not".`]
    return []
  })
}
