import type { Call } from '../core/call.ts'
import { parseInstant } from '../core/central-time.ts'
import { text } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import { filterOf, numberOf } from '../core/query.ts'
import type { Contact } from './contact.ts'

type Test = (contact: Contact) => boolean

/** One second is the resolution of the columns, so also of comparisons with them. */
const second = (instant: number): number => Math.floor(instant / 1000)

function dateTests({ store, ...call }: Call): readonly Test[] {
  const { updatedAfter, updatedAfterColumn, filterZone } = store.behaviour
  const changed = (contact: Contact): number =>
    second(updatedAfterColumn === 'udate' ? contact.changedAt : contact.stampedAt)
  const at = (name: string): number | undefined => {
    const value = filterOf({ store, ...call }, name)
    const instant = value === null ? undefined : parseInstant(value, filterZone)
    return instant === undefined ? undefined : second(instant)
  }
  const limits = {
    createdBefore: at('created_before'),
    createdAfter: at('created_after'),
    updatedBefore: at('updated_before'),
    updatedAfter: at('updated_after'),
  }
  const loose = updatedAfter === 'inclusive' ? 1 : 0
  const tests: Test[] = []
  const { createdBefore, createdAfter, updatedBefore, updatedAfter: after } = limits
  if (createdBefore !== undefined) tests.push((c) => second(c.createdAt) < createdBefore + loose)
  if (createdAfter !== undefined) tests.push((c) => second(c.createdAt) > createdAfter - loose)
  if (updatedBefore !== undefined) tests.push((c) => changed(c) < updatedBefore + loose)
  if (after !== undefined) tests.push((c) => changed(c) > after - loose)
  return tests
}

function textTests(query: URLSearchParams): readonly Test[] {
  const wanted = (key: string): string => (query.get(key) ?? '').trim().toLowerCase()
  const [email, like, phone, search] = [
    wanted('email'),
    wanted('email_like'),
    wanted('phone'),
    wanted('search'),
  ]
  const tests: Test[] = []
  if (email !== '') tests.push((contact) => contact.email.toLowerCase() === email)
  if (like !== '') tests.push((contact) => contact.email.toLowerCase().includes(like))
  if (phone !== '') tests.push((contact) => contact.phone.startsWith(phone))
  if (search !== '') {
    tests.push((c) => `${c.firstName} ${c.lastName}\n${c.email}\n${c.phone}`.toLowerCase().includes(search))
  }
  return tests
}

/** Contacts by one of the tables that link them to something; `undefined` when the query asks for none. */
function linked({ store, query }: Call): ReadonlySet<string> | undefined {
  const { contactTags, contactLists, contactAutomations } = store.tables
  const [tag, list, series] = [
    numberOf(query, 'tagid', 0),
    numberOf(query, 'listid', 0),
    numberOf(query, 'seriesid', 0),
  ]
  const status = numberOf(query, 'status', -1)
  const memberships =
    list > 0 ? contactLists.by('list', String(list)) : status >= 0 ? contactLists.rows : undefined
  const sets = [
    tag > 0 ? contactTags.by('tag', String(tag)) : undefined,
    memberships?.filter((row) => status < 0 || text(row.status) === String(status)),
    series > 0 ? contactAutomations.by('automation', String(series)) : undefined,
    // Nothing the simulator does comes from a form or waits in a wait step.
    numberOf(query, 'formid', 0) > 0 || numberOf(query, 'waitid', 0) > 0 ? [] : undefined,
  ].flatMap((rows) => (rows === undefined ? [] : [new Set(rows.map((row) => text(row.contact)))]))
  const [first, ...others] = sets
  if (first === undefined) return undefined
  return new Set([...first].filter((id) => others.every((other) => other.has(id))))
}

function candidates(call: Call): Iterable<Contact> {
  const { store, query } = call
  const ids = query.getAll('ids[]').concat(query.getAll('ids'))
  const email = query.get('email')?.trim().toLowerCase() ?? ''
  const chosen = ids.length > 0 ? new Set(ids) : undefined
  const members = linked(call)
  if (email !== '' && members === undefined && chosen === undefined) return store.contacts.by('email', email)
  const narrow = members ?? chosen
  if (narrow === undefined) return store.contacts.rows
  return [...narrow]
    .filter((id) => chosen?.has(id) ?? true)
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((id) => store.contacts.get(id) ?? [])
}

const sortKeys: Readonly<Record<string, (contact: Contact) => string | number>> = {
  id: (contact) => Number(contact.id),
  cdate: (contact) => contact.createdAt,
  email: (contact) => contact.email.toLowerCase(),
  first_name: (contact) => contact.firstName.toLowerCase(),
  last_name: (contact) => contact.lastName.toLowerCase(),
  name: (contact) => `${contact.firstName} ${contact.lastName}`.toLowerCase(),
}

/** Sorts by the first order it knows; `orders[udate]` is not documented and is ignored like any unknown one. */
function sorted(contacts: Contact[], query: URLSearchParams): Contact[] {
  for (const [key, direction] of query) {
    const of = sortKeys[/^orders\[(\w+)\]$/.exec(key)?.[1] ?? '']
    if (of === undefined) continue
    const sign = direction.toUpperCase() === 'DESC' ? -1 : 1
    if (key === 'orders[id]' && sign === 1) return contacts
    return contacts.sort((a, b) => (of(a) < of(b) ? -sign : of(a) > of(b) ? sign : 0))
  }
  return contacts
}

/** What was matched last, so that paging through 100,000 contacts does not match them a thousand times. */
const lastMatchOf = perStore<{ key: string; contacts: readonly Contact[] }>(() => ({ key: '', contacts: [] }))

/** The contacts a list call means, without its page and its keyset. */
export function matchContacts(call: Call, members?: ReadonlySet<string>): readonly Contact[] {
  const { store } = call
  const paging = ['limit', 'offset', 'id_greater', 'id_less']
  const versions = [
    store.contacts.version,
    store.tables.contactTags.version,
    store.tables.contactLists.version,
    store.tables.contactAutomations.version,
  ]
  const key = JSON.stringify([versions, [...call.query].filter(([name]) => !paging.includes(name))])
  const last = lastMatchOf(store)
  if (last.key === key && members === undefined) return last.contacts
  const exclude = call.query.get('exclude')
  const tests = [...dateTests(call), ...textTests(call.query)]
  const matched: Contact[] = []
  for (const contact of candidates(call)) {
    if (contact.removed || contact.id === exclude || members?.has(contact.id) === false) continue
    if (tests.every((test) => test(contact))) matched.push(contact)
  }
  const contacts = sorted(matched, call.query)
  if (members === undefined) Object.assign(last, { key, contacts })
  return contacts
}
