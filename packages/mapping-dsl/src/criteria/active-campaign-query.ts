import { fold } from '../codec/text-codecs.ts'
import type { Criterion } from './criterion.ts'

/** Ids of tags and lists by name; the API filters by id. */
export interface NamedIds {
  readonly tags: Readonly<Record<string, string>>
  readonly lists: Readonly<Record<string, string>>
}

const statuses = ['unconfirmed', 'active', 'unsubscribed', 'bounced'] as const

/** What `GET /contacts` can filter by, under the names that the client's `contacts.list` takes. */
export interface ContactParameters {
  readonly email?: string
  readonly emailLike?: string
  readonly tagId?: string
  readonly listId?: string
  readonly status?: (typeof statuses)[number]
}

/**
 * Parameters that narrow the list of contacts, and whether they say all that the criterion says. When they do not, every
 * contact they return has to be tested with the predicate as well.
 */
export interface ActiveCampaignQuery {
  readonly query: ContactParameters
  readonly complete: boolean
}

/** The id behind a name; none when two names differ in nothing but case, as either could be meant. */
const idOf = (ids: Readonly<Record<string, string>>, name: string): string | undefined => {
  const [entry, another] = Object.entries(ids).filter(([known]) => fold(known) === fold(name))
  return another === undefined ? entry?.[1] : undefined
}

/** Parameters that a condition comes to; `narrows` when they return more than it means. */
interface Pushed {
  readonly parameters: ContactParameters
  readonly narrows?: boolean
}

/** The service trims texts; a backslash could make a pattern of them that finds less. */
const isPlainText = (text: string): boolean => text === text.trim() && !text.includes('\\')

const byEmail = (criterion: Criterion): Pushed | undefined => {
  if (criterion.kind === 'oneOf') {
    const [only, another] = criterion.operands
    const email = String(only?.value)
    return another === undefined && isPlainText(email) ? { parameters: { email } } : undefined
  }
  if (criterion.kind !== 'match' || criterion.how !== 'contains' || !isPlainText(criterion.text))
    return undefined
  // Whether `%` and `_` are wildcards there is not documented.
  return { parameters: { emailLike: criterion.text }, narrows: /[%_]/.test(criterion.text) }
}

const byMembership = (criterion: Criterion, ids: NamedIds): Pushed | undefined => {
  if (criterion.kind !== 'hasAny') return undefined
  const [only, another] = criterion.operands
  if (only === undefined || another !== undefined) return undefined
  const name = String(only.value)
  switch (criterion.field) {
    case 'tags': {
      const tagId = idOf(ids.tags, name)
      return tagId === undefined ? undefined : { parameters: { tagId } }
    }
    case 'lists': {
      const listId = idOf(ids.lists, name)
      return listId === undefined ? undefined : { parameters: { listId } }
    }
    case 'status': {
      const status = statuses.find((candidate) => candidate === fold(name))
      return status === undefined ? undefined : { parameters: { status } }
    }
    default:
      return undefined
  }
}

const pushed = (criterion: Criterion, ids: NamedIds): Pushed | undefined =>
  'field' in criterion && criterion.field === 'email' ? byEmail(criterion) : byMembership(criterion, ids)

/** Together they mean "this status on this list", where two conditions mean "on this list, and this status on any". */
const together = ({ listId, status }: ContactParameters): boolean =>
  listId !== undefined && status !== undefined

/**
 * What of a criterion ActiveCampaign can evaluate itself: one tag, one list or one status, an e-mail address or a part of
 * one, joined by AND. Everything else is left to the predicate.
 *
 * Source: https://developers.activecampaign.com/reference/list-all-contacts
 */
export const toActiveCampaignQuery = (criterion: Criterion, ids: NamedIds): ActiveCampaignQuery => {
  const parts = criterion.kind === 'and' ? criterion.criteria : criterion.kind === 'always' ? [] : [criterion]
  let query: ContactParameters = {}
  let complete = true
  for (const part of parts) {
    const more = pushed(part, ids)
    const taken = more !== undefined && Object.keys(more.parameters).some((name) => name in query)
    if (more === undefined || taken || together({ ...query, ...more.parameters })) {
      complete = false
      continue
    }
    query = { ...query, ...more.parameters }
    complete &&= more.narrows !== true
  }
  return { query, complete }
}
