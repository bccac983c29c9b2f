import type { FieldValue } from '@dynacamp/mapping-dsl'
import { type Action, assertNever } from '../actions/action.ts'
import type { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'
import type { Conflict, Hold } from '../model/outcome.ts'
import type { Plan } from '../model/plan.ts'
import { escapeText } from './escape.ts'

/** What stands for the value of a sensitive field. */
const mask = '(sensitive)'

/** A value as JSON shows it, escaped; masked where it is sensitive. */
export const showValue = (value: FieldValue, sensitive: boolean): string =>
  sensitive && value !== null && value !== '' ? mask : escapeText(JSON.stringify(value))

/** `+` creates, `~` changes, `-` removes, `=` only remembers. */
export const symbolOf = (action: Action): '+' | '~' | '-' | '=' => {
  switch (action.kind) {
    case 'create-active-campaign-contact':
    case 'create-active-campaign-account':
    case 'create-dynamics-record':
    case 'create-custom-object':
    case 'create-active-campaign-record':
      return '+'
    case 'update-active-campaign-contact':
    case 'update-active-campaign-account':
    case 'set-active-campaign-account':
    case 'update-dynamics-record':
    case 'unsubscribe-active-campaign-contact':
    case 'resubscribe-active-campaign-contact':
    case 'add-active-campaign-tags':
    case 'deactivate-dynamics-record':
    case 'extend-custom-object':
    case 'update-active-campaign-record':
      return '~'
    case 'unlink-records':
    case 'delete-active-campaign-contact':
    case 'delete-active-campaign-account':
    case 'delete-dynamics-record':
      return '-'
    case 'link-records':
    case 'move-link':
      return '='
    default:
      return assertNever(action)
  }
}

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`

const accountVerb = ({ account }: SetActiveCampaignAccount): string => {
  if (account === null) return 'take the contact out of its account in ActiveCampaign'
  const { title, activeCampaignId, dynamicsId } = account
  return `put the contact into the account ${escapeText(title ?? activeCampaignId ?? dynamicsId ?? '')} in ActiveCampaign`
}

/** What an action does, in a few words. */
export const verbOf = (action: Action): string => {
  switch (action.kind) {
    case 'create-active-campaign-contact':
      return 'create the contact in ActiveCampaign'
    case 'create-dynamics-record':
      return 'create the row in Dynamics 365'
    case 'update-active-campaign-contact':
      return 'change the contact in ActiveCampaign'
    case 'create-active-campaign-account':
      return 'create the account in ActiveCampaign'
    case 'update-active-campaign-account':
      return 'change the account in ActiveCampaign'
    case 'delete-active-campaign-account':
      return 'DELETE the account in ActiveCampaign'
    case 'set-active-campaign-account':
      return accountVerb(action)
    case 'update-dynamics-record':
      return 'change the row in Dynamics 365'
    case 'unlink-records':
      return 'forget the link'
    case 'unsubscribe-active-campaign-contact':
      return `unsubscribe from ${counted(action.lists.length, 'list')} in ActiveCampaign`
    case 'resubscribe-active-campaign-contact':
      return `subscribe to ${counted(action.lists.length, 'list')} in ActiveCampaign again`
    case 'deactivate-dynamics-record':
      return action.entity === 'leads'
        ? 'disqualify the lead in Dynamics 365'
        : 'set the row inactive in Dynamics 365'
    case 'delete-active-campaign-contact':
      return 'DELETE the contact in ActiveCampaign'
    case 'delete-dynamics-record':
      return 'DELETE the row in Dynamics 365'
    case 'create-custom-object':
      return `make the custom object ${escapeText(action.object)} in ActiveCampaign`
    case 'extend-custom-object':
      return `add to the custom object ${escapeText(action.object)} in ActiveCampaign`
    case 'create-active-campaign-record':
      return 'create the record in ActiveCampaign'
    case 'update-active-campaign-record':
      return 'change the record in ActiveCampaign'
    case 'link-records':
      return 'remember as in sync'
    case 'move-link':
      return 'take the link over'
    case 'add-active-campaign-tags':
      return `tag as ${escapeText(action.tags.join(', '))} in ActiveCampaign`
    default:
      return assertNever(action)
  }
}

/** What a held field and its conflict have in common. */
export const disputeOf = ({ entity, dynamicsId, field }: Hold | Conflict): string =>
  `${entity}:${dynamicsId}:${field}`

/** Who won a conflict. */
export const winnerOf = ({ winner }: Conflict): string =>
  winner === 'held' ? 'held' : winner === 'dynamics' ? 'Dynamics 365 wins' : 'ActiveCampaign wins'

const duration = (seconds: number): string =>
  seconds < 90 ? counted(seconds, 'second') : `${Math.ceil(seconds / 60)} minutes`

const costSentence = ({ calls, bulk, batches, leastCalls, seconds, dailyShare }: Plan['cost']): string => {
  const inBulk = bulk.calls === 0 ? '' : ` (${bulk.contacts} contacts in ${counted(bulk.calls, 'bulk call')})`
  const inBatches =
    batches.calls === 0
      ? ''
      : ` (${batches.rows} rows in ${batches.calls} ${batches.calls === 1 ? 'batch' : 'batches'})`
  const share = calls.dynamics === 0 ? '' : `; ${(dailyShare * 100).toFixed(2)} % of a day’s requests`
  return (
    `${counted(leastCalls.dynamics, 'call')} to Dynamics 365${inBatches}, ${leastCalls.activeCampaign} to ActiveCampaign${inBulk}: ` +
    `at least ${duration(Math.max(seconds.dynamics, seconds.activeCampaign))} at the pace both allow${share}.`
  )
}

/** The sentences a reader needs first: what happens to the records, and what it costs. */
export const summaryOf = ({ counts, cost, actions, conflicts }: Plan): readonly [string, string, string] => {
  const count = (...kinds: readonly Action['kind'][]) =>
    actions.filter(({ kind }) => kinds.includes(kind)).length
  const creates = count(
    'create-active-campaign-contact',
    'create-active-campaign-account',
    'create-dynamics-record',
    'create-active-campaign-record',
  )
  const deletes = count(
    'delete-active-campaign-contact',
    'delete-active-campaign-account',
    'delete-dynamics-record',
  )
  const links = count('link-records', 'move-link', 'unlink-records')
  const objects = count('create-custom-object', 'extend-custom-object')
  return [
    `${counted(counts.records, 'record')}: ${counts.planned} planned, ${counts.unchanged} unchanged, ` +
      `${counts.held} held, ${counts.skipped} skipped; ${counted(conflicts.length, 'conflict')}.`,
    `${counted(creates, 'record')} to create, ${actions.length - creates - deletes - links - objects} to change, ` +
      `${deletes} to delete, ${counted(links, 'link')} to remember or forget` +
      `${objects === 0 ? '' : '; a custom object to make or extend'}.`,
    costSentence(cost),
  ]
}
