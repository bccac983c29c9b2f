import { fold } from '../codec/text-codecs.ts'
import type { Criterion } from './criterion.ts'

/** Ids of tags and lists by name; the API filters by id. */
export interface NamedIds {
  readonly tags: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, string>>
}

/**
 * Query parameters of `GET /contacts` that narrow the list, and whether they say all that the criterion says.
 * When they do not, every contact they return has to be tested with the predicate as well.
 */
export interface ActiveCampaignQuery {
  readonly query: Readonly<Record<string, string>>
  readonly complete: boolean
}

const idOf = (ids: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.entries(ids).find(([known]) => fold(known) === fold(name))?.[1]

/** Numbers of `GET /contacts?status=`. */
const statuses: Readonly<Record<string, string>> = {
  unconfirmed: '0',
  active: '1',
  unsubscribed: '2',
  bounced: '3',
}

/** The one parameter that says what a condition says, if there is one. */
const parameter = (criterion: Criterion, ids: NamedIds): readonly [string, string] | undefined => {
  if (criterion.kind === 'oneOf' && criterion.field === 'email' && criterion.operands.length === 1) {
    return ['email', String(criterion.operands[0]?.value)]
  }
  if (criterion.kind === 'match' && criterion.field === 'email' && criterion.how === 'contains') {
    return ['email_like', criterion.text]
  }
  if (criterion.kind !== 'hasAny' || criterion.operands.length !== 1) return undefined
  const name = String(criterion.operands[0]?.value)
  const [key, id] =
    criterion.field === 'tags'
      ? (['tagid', idOf(ids.tags, name)] as const)
      : criterion.field === 'lists'
        ? (['listid', idOf(ids.lists, name)] as const)
        : (['status', criterion.field === 'status' ? statuses[fold(name)] : undefined] as const)
  return id === undefined ? undefined : [key, id]
}

/**
 * What of a criterion ActiveCampaign can evaluate itself: one tag, one list, one status, an e-mail address or a
 * part of one, joined by AND. Everything else is left to the predicate.
 *
 * Source: https://developers.activecampaign.com/reference/list-all-contacts
 */
export const toActiveCampaignQuery = (criterion: Criterion, ids: NamedIds): ActiveCampaignQuery => {
  const parts = criterion.kind === 'and' ? criterion.criteria : criterion.kind === 'always' ? [] : [criterion]
  const query = new Map<string, string>()
  let complete = true
  for (const part of parts) {
    const [key, value] = parameter(part, ids) ?? []
    if (key === undefined || value === undefined || query.has(key)) complete = false
    else query.set(key, value)
  }
  return { query: Object.fromEntries(query), complete }
}
