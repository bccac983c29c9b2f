import { listIds } from '../services.ts'
import type { Law } from './law.ts'
import { excusesOf, metBy } from './met.ts'

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

/**
 * Once all is quiet, nobody who opted out on one side gets mail from the other. One thing the sync does not see: somebody
 * is subscribed whom D365 has opted out already, as ActiveCampaign tells nobody (docs/proof.md, what is not proven).
 */
export const consentAgrees: Law = (played) => {
  if (played.lastPlan === undefined) return []
  const { entries, now } = played.diary
  const lastSet = (record: string, isIt: (entry: (typeof entries)[number]) => boolean): number =>
    entries.filter((entry) => entry.record === record && isIt(entry)).at(-1)?.at ?? 0
  const excuses = excusesOf(played)
  return metBy(played).flatMap(({ row, contact }): readonly string[] => {
    if (excuses.records.has(row)) return []
    const statuses = listIds
      .map((list) => now.get(contact)?.[`list ${list}`])
      .filter((status) => status != null)
    const optedOut = now.get(row)?.donotbulkemail === true
    const active = statuses.includes('1')
    const optedOutAt = lastSet(row, ({ field, after }) => field === 'donotbulkemail' && after === true)
    const subscribedAt = lastSet(contact, ({ field, after }) => field.startsWith('list ') && after === '1')
    if (optedOut && active && subscribedAt < optedOutAt)
      return [`${row} opted out, and ${contact} is still subscribed.`]
    return []
  })
}
