import { isActiveCampaignError, type RowProblem } from '@dynacamp/activecampaign-client'
import { unreadableFields } from '@dynacamp/core'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { byCodeUnits } from '../schema/by-name.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { contactKind, contactRecord } from './contact-record.ts'
import { type CustomFieldIds, standardFields } from './custom-fields.ts'

/** More of one page, and it is not the records that are odd: the service has changed what it sends. */
export const heldAtMost = 10

const name = 'activecampaign/contacts/unreadable'

/** Contacts that could not be read when they were read last. */
export const unreadableContacts = async ({ cursors }: StateTransaction): Promise<readonly string[]> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? [] : fromText<readonly string[]>(text)
}

/** Remembers who could not be read, to be read again in every reading, and forgets who could be, or is gone. */
export const noteUnreadable = async (
  state: StateTransaction,
  { held = [], read = [] }: { readonly held?: readonly string[]; readonly read?: readonly string[] },
): Promise<void> => {
  const before = await unreadableContacts(state)
  if (held.length === 0 && before.length === 0) return
  const isRead = new Set(read)
  const after = [...new Set([...before.filter((id) => !isRead.has(id)), ...held])]
  await state.cursors.set(name, after.length === 0 ? '' : JSON.stringify(after))
}

/** The same record, of which these could not be read. */
export const withUnreadable = (record: StoredRecord, names: string): StoredRecord => {
  const before = record.fields[unreadableFields]
  const all = new Set([...(typeof before === 'string' ? before.split(', ') : []), ...names.split(', ')])
  return {
    ...record,
    fields: { ...record.fields, [unreadableFields]: [...all].toSorted(byCodeUnits).join(', ') },
  }
}

export const isUnreadable = ({ fields }: StoredRecord): boolean => unreadableFields in fields

const valueAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const idAt = (row: unknown, key: string): string | undefined => {
  const value = valueAt(row, key)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

/** What could not be read of a row, without its place in the answer: `contacts.3.cdate` is `cdate`. */
export const namesIn = (problems: RowProblem['problems']): string =>
  [...new Set(problems.map(({ path }) => path.replace(/^\w+(?:\.\d+)?\./, '')))]
    .toSorted(byCodeUnits)
    .join(', ')

/** An answer as it came; undefined where nothing is there any more. */
const rawAnswer = async (
  { activeCampaign, signal }: SyncContext,
  operation: string,
  path: string,
): Promise<unknown> => {
  try {
    const { body } = await activeCampaign.request({ operation, method: 'GET', path, options: { signal } })
    return body
  } catch (error) {
    if (isActiveCampaignError(error) && error.code === 'not-found') return undefined
    throw error
  }
}

/** Texts among the fields that every contact has; others stay what was last read of them. */
const standardTexts = (row: unknown, known: StoredRecord | undefined) => {
  const textOf = (field: string): string => {
    const texts = [valueAt(row, field), known?.fields[field]].filter((value) => typeof value === 'string')
    return texts[0] ?? ''
  }
  const [email, firstName, lastName, phone] = standardFields.map(textOf)
  return { email: email ?? '', firstName: firstName ?? '', lastName: lastName ?? '', phone: phone ?? '' }
}

/**
 * A contact that cannot be read, as it is kept: what can be understood of it, else what was last known, so that its e-mail still says who
 * it is. Takes one call.
 */
export const unreadableContact = async (
  context: SyncContext,
  id: string,
  names: string,
): Promise<StoredRecord | undefined> => {
  const body = await rawAnswer(context, 'contacts.get', `contacts/${encodeURIComponent(id)}`)
  if (body === undefined) return undefined
  const [known] = await inState(context, ({ records }) => records.find(contactKind, [id]))
  return stubOf(context.definition, id, names, { row: valueAt(body, 'contact'), known })
}

const stubOf = (
  definition: CompiledDefinition,
  id: string,
  names: string,
  { row, known }: { readonly row: unknown; readonly known: StoredRecord | undefined },
): StoredRecord => {
  const contact = { id, ...standardTexts(row, known), udate: known?.updatedOn ?? null }
  return withUnreadable(contactRecord(definition, contact, known?.fields ?? {}, known?.tags ?? []), names)
}

/**
 * The contacts of a page that cannot be read, as they are kept: a call each.
 *
 * @throws UnreadableAnswerError when nobody knows which they are, or when there are so many that it is not their fault.
 */
export const unreadableOfPage = async (
  context: SyncContext,
  problems: readonly RowProblem[],
): Promise<readonly StoredRecord[]> => {
  const found: StoredRecord[] = []
  for (const { id, problems: own } of withinReason('contacts of ActiveCampaign', problems)) {
    const stub = await unreadableContact(context, id, namesIn(own))
    if (stub !== undefined) found.push(stub)
  }
  return found
}

/**
 * Whose values of the custom fields that are read cannot be, by the ids of the contacts, and which: a call for each value. One of another
 * field is nobody's concern.
 *
 * @throws UnreadableAnswerError when nobody knows whose they are, or when there are so many that it is not their fault.
 */
export const unreadableValues = async (
  context: SyncContext,
  ids: CustomFieldIds,
  problems: readonly RowProblem[],
): Promise<ReadonlyMap<string, string>> => {
  const what = 'values of custom fields'
  const tags = new Map([...ids].map(([tag, id]) => [id, tag]))
  const found = new Map<string, string>()
  for (const { id } of withinReason(what, problems)) {
    const body = await rawAnswer(context, 'fieldValues.get', `fieldValues/${encodeURIComponent(id)}`)
    if (body === undefined) continue
    const [contact, field] = ['contact', 'field'].map((key) => idAt(valueAt(body, 'fieldValue'), key))
    if (contact === undefined) throw new UnreadableAnswerError(what, 1)
    const tag = field === undefined ? 'a custom field' : tags.get(field)
    if (tag !== undefined) found.set(contact, [...(found.get(contact)?.split(', ') ?? []), tag].join(', '))
  }
  return found
}

type NamedProblem = RowProblem & { readonly id: string }

const withinReason = (what: string, problems: readonly RowProblem[]): readonly NamedProblem[] => {
  const named = problems.flatMap((problem) =>
    problem.id === undefined ? [] : [{ ...problem, id: problem.id }],
  )
  if (named.length < problems.length || problems.length > heldAtMost)
    throw new UnreadableAnswerError(what, problems.length)
  return named
}
