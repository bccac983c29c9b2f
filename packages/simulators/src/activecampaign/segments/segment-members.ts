import { own } from '../../shared/own.ts'
import type { Contact } from '../contacts/contact.ts'
import { isJsonArray, type JsonObject, objectsAt, type Row, text } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import type { Store } from '../core/store.ts'

const hourMs = 3_600_000

interface Run {
  readonly atMs: number
  readonly members: ReadonlySet<string>
}

const runsOf = perStore(() => new Map<string, Run>())

/** Contacts of an old segment. Its column `contacts`, which no answer shows, lists them. */
export function membersOf(store: Store, segment: string): ReadonlySet<string> {
  const row = store.tables.segments.get(segment)
  return new Set(isJsonArray(row?.contacts) ? row.contacts.map(text) : [])
}

/**
 * The contacts of `segmentid`; `undefined` when the query names none. The first call in an hour starts the segment's
 * run and finds nobody; later calls get what the run found, for an hour.
 */
export function segmentMembers(store: Store, query: URLSearchParams): ReadonlySet<string> | undefined {
  const segment = query.get('segmentid') ?? '0'
  if (segment === '0' || segment === '') return undefined
  const known = runsOf(store).get(segment)
  const forced = query.get('forceQuery') === '1'
  if (known === undefined || known.atMs < store.now() - hourMs || forced) {
    const run = { atMs: store.now(), members: membersOf(store, segment) }
    runsOf(store).set(segment, run)
    return forced ? run.members : new Set()
  }
  return known.atMs > store.now() - store.behaviour.segmentRunMs ? new Set() : known.members
}

const columns: Readonly<Record<string, (contact: Contact) => string>> = {
  email: (contact) => contact.email,
  phone: (contact) => contact.phone,
  first_name: (contact) => contact.firstName,
  last_name: (contact) => contact.lastName,
}

function compares(operator: string, value: string, wanted: string): boolean {
  switch (operator) {
    case '=':
    case 'is':
      return value === wanted
    case '!=':
    case 'is not':
      return value !== wanted
    case 'contains':
      return value.includes(wanted)
    case 'does not contain':
      return !value.includes(wanted)
    case 'starts with':
      return value.startsWith(wanted)
    case 'empty':
      return value === ''
    case 'not empty':
      return value !== ''
    default:
      return false
  }
}

/** One condition: tags by `tagid`, columns of the contact by name. What the simulator does not know matches nobody. */
function meets(store: Store, contact: Contact, condition: JsonObject): boolean {
  return objectsAt(condition, 'fields').every((field) => {
    const [name, operator, wanted] = [text(field.name), text(field.operator), text(field.value)]
    if (name === 'tagid') {
      const has = store.tables.contactTags.by('contact', contact.id).some((row: Row) => row.tag === wanted)
      return compares(operator, has ? wanted : '', wanted)
    }
    const of = own(columns, name)
    return of !== undefined && compares(operator, of(contact).toLowerCase(), wanted.toLowerCase())
  })
}

/** The ids of contacts a segment of the new kind matches now. */
export function matches(store: Store, attributes: JsonObject): readonly number[] {
  const conditions = objectsAt(attributes, 'segment_conditions')
  const groups = objectsAt(attributes, 'segment_condition_groups')
  const any = attributes.segment_condition_group_operator === 'or'
  const inGroup = (contact: Contact, group: JsonObject): boolean => {
    const results = objectsAt(group, 'values').map(({ id }) => {
      const condition = conditions.find((one) => one.id === id)
      return condition !== undefined && meets(store, contact, condition)
    })
    return group.operator === 'or' ? results.some(Boolean) : results.every(Boolean)
  }
  return store.contacts.rows
    .filter((contact) => !contact.removed)
    .filter((contact) => {
      const results = groups.map((group) => inGroup(contact, group))
      return any ? results.some(Boolean) : results.every(Boolean)
    })
    .map(({ id }) => Number(id))
}
