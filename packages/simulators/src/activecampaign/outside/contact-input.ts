import type { ContactFieldValue } from '../../data/rows.ts'
import { type Contact, quietColumns, zeroDateColumns } from '../contacts/contact.ts'
import { parseInstant } from '../core/central-time.ts'
import { isJson, type Json, type JsonObject, type Row, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'

/**
 * A value of a contact's field: several options of a multiple field as an array.
 *
 * @example
 * ```ts
 * const colours: ContactValue = ['Red', 'Blue']
 * ```
 */
export type ContactValue = ContactFieldValue['value']

/**
 * A contact as somebody outside the API enters it. Other columns of the service's row may be given by name: `id`, `cdate`,
 * `udate`, `hash`, `bounced_hard`, `sms_consent` and the like.
 *
 * @example
 * ```ts
 * const mira: ContactInput = { email: 'mira.holt@example.com', fields: { CITY: 'Oslo' }, tags: ['Trial'] }
 * ```
 */
export interface ContactInput {
  readonly id?: string | number
  readonly email?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly phone?: string | null
  /** Field values by personalisation tag. */
  readonly fields?: Readonly<Record<string, ContactValue>>
  /** Field values as the service writes them. */
  readonly fieldValues?: readonly ContactFieldValue[]
  /** Names of tags; those that do not exist are made. */
  readonly tags?: readonly string[]
  /** Ids or names of lists that the contact signs up to; they must exist. */
  readonly lists?: readonly (string | number)[]
  readonly [column: string]: unknown
}

/** The columns of the service's row that a body can set, as JSON. */
export function bodyOf(input: ContactInput): JsonObject {
  const body: Record<string, Json> = {}
  for (const column of ['email', 'firstName', 'lastName', 'phone']) {
    const value = input[column]
    if (isJson(value)) body[column] = value
  }
  return body
}

const instantOf = (store: Store, value: unknown): number | undefined =>
  typeof value === 'string' ? parseInstant(value, store.behaviour.filterZone) : undefined

/** Columns that the API does not write but a row can have: its id, its dates, its engagement. */
export function knownColumns(
  store: Store,
  input: ContactInput,
  id: string,
  current?: Contact,
): Partial<Contact> {
  const { behaviour } = store
  const old = current === undefined && behaviour.zeroDates === 'mixed' && store.dice(`never:${id}`) < 0.25
  const columns: Record<string, Json> = {
    ...(current?.columns ?? quietColumns),
    ...(old ? zeroDateColumns : {}),
  }
  for (const [column, value] of Object.entries(input)) {
    if (Object.hasOwn(quietColumns, column) && isJson(value)) columns[column] = value
  }
  const createdAt = instantOf(store, input.cdate)
  const changedAt = instantOf(store, input.udate)
  return {
    id,
    columns,
    ...(createdAt === undefined ? {} : { createdAt, changedAt: createdAt, stampedAt: createdAt }),
    ...(changedAt === undefined ? {} : { changedAt, stampedAt: changedAt }),
    ...(typeof input.hash === 'string' ? { hash: input.hash } : {}),
  }
}

/** The field an outsider means by an id, a personalisation tag or a title. */
function fieldNamed(store: Store, name: string | number): Row {
  const wanted = String(name)
  const { fields } = store.tables
  const found =
    fields.get(wanted) ??
    fields.by('perstag', wanted.toUpperCase())[0] ??
    fields.rows.find((row) => text(row.title).toLowerCase() === wanted.toLowerCase())
  if (found === undefined)
    throw new Error(`No contact field has the id, tag or title "${wanted}": define it first.`)
  return found
}

/** The list an outsider means by an id or a name. */
export function listNamed(store: Store, name: string | number): string {
  const { lists } = store.tables
  const found = lists.get(String(name)) ?? lists.rows.find((row) => row.name === name)
  if (found === undefined) throw new Error(`No list has the id or name "${name}": insert it first.`)
  return found.id
}

/** Every field value of the input, as field and wire text. */
export function valuesOf(
  store: Store,
  input: ContactInput,
): readonly { readonly field: string; readonly value: string }[] {
  const named = Object.entries(input.fields ?? {}).map(([field, value]) => ({ field, value }))
  return [...named, ...(input.fieldValues ?? [])].map(({ field, value }) => ({
    field: fieldNamed(store, field).id,
    value: wireText(value),
  }))
}

const wireText = (value: ContactValue): string =>
  typeof value === 'object' && value !== null ? value.map((part) => `||${part}`).join('') : text(value)
