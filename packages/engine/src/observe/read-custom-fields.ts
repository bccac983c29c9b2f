import { type FieldValue, isActiveCampaignError, type RowProblem } from '@dynacamp/activecampaign-client'
import { allEnded } from '@dynacamp/http'
import { inState, type SyncContext } from '../context.ts'
import { giveWay } from '../give-way.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { contactKind, customFieldsOf, withFields } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { clearListPlace, readList } from './list-place.ts'
import { isUnreadable, noteUnreadable, unreadableValues, withUnreadable } from './unreadable-contacts.ts'

/** ActiveCampaign's largest page. https://developers.activecampaign.com/reference/pagination */
const valuesPerCall = 100
const together = 10

/** The fields that an interrupted reading, field by field, has read to their end. */
const fieldsRead = 'activecampaign/contacts/fields-read'

/** Forgets which fields were read: the next reading, field by field, reads them all. */
export const beginFieldsAnew = async ({ cursors }: StateTransaction): Promise<void> => {
  await cursors.set(fieldsRead, '')
  await clearListPlace(cursors, 'field-values')
}

interface Reading {
  readonly changed: number
  readonly generation: number
}

/** Goes through the records that wait for their custom fields, some at a time. */
export async function* pendingRecords(context: SyncContext, limit: number) {
  for (let after: string | null = null; ; ) {
    const page: { readonly after: string | null; readonly limit: number } = { after, limit }
    await giveWay(context)
    const records = await inState(context, (state) => state.records.pending(contactKind, page))
    const last = records.at(-1)
    if (last === undefined) return
    yield records
    after = last.id
  }
}

/** Nothing is missing any more of the records that waited. */
const complete = async (context: SyncContext, generation: number): Promise<void> => {
  for await (const records of pendingRecords(context, valuesPerCall)) {
    await inState(context, (state) => state.records.save(records, { generation, pending: false }))
  }
}

/** One call per contact. */
const readPerContact = async (
  context: SyncContext,
  ids: CustomFieldIds,
  generation: number,
): Promise<void> => {
  const { activeCampaign, signal } = context
  const read = async (record: StoredRecord): Promise<StoredRecord | undefined> => {
    try {
      const values: FieldValue[] = []
      const problems: RowProblem[] = []
      const list = activeCampaign.fieldValues.listForContact(record.id, signal ? { signal } : {})
      for await (const page of list.byPage()) {
        values.push(...page.rows)
        problems.push(...page.problems)
      }
      const names = (await unreadableValues(context, ids, problems)).get(record.id)
      return names === undefined
        ? withFields(context.definition, record, customFieldsOf(values, ids))
        : withUnreadable(record, names)
    } catch (error) {
      if (isActiveCampaignError(error) && error.code === 'not-found') return undefined
      throw error
    }
  }
  for await (const records of pendingRecords(context, together)) {
    const completed = await allEnded(records.map(read))
    const there = completed.filter((record) => record !== undefined)
    await inState(context, async (state) => {
      await state.records.save(there, { generation, pending: false })
      await noteUnreadable(state, { held: there.filter(isUnreadable).map(({ id }) => id) })
      const gone = records.filter((_, index) => completed[index] === undefined).map((record) => record.id)
      await state.records.remove(contactKind, gone)
    })
    await context.boundary()
  }
}

/** One call per hundred values of each field, over all contacts. */
const readPerField = async (context: SyncContext, ids: CustomFieldIds, generation: number): Promise<void> => {
  const { activeCampaign, signal } = context
  const before = await inState(context, ({ cursors }) => cursors.get(fieldsRead))
  const read = before === null || before === '' ? null : fromText<readonly string[]>(before)
  const done = new Set(read ?? [])
  // The service keeps no value for an empty field, so a field that is not mentioned below is empty.
  const empty = customFieldsOf([], ids)
  if (read === null) {
    for await (const records of pendingRecords(context, valuesPerCall)) {
      const emptied = records.map((record) => withFields(context.definition, record, empty))
      await inState(context, (state) => state.records.save(emptied, { generation, pending: true }))
    }
    await inState(context, ({ cursors }) => cursors.set(fieldsRead, '[]'))
  }
  for (const [tag, fieldId] of ids) {
    if (done.has(tag)) continue
    const rows = activeCampaign.fieldValues.list({ fieldId, ...(signal && { signal }) })
    const onProblems = async (problems: readonly RowProblem[]): Promise<void> => {
      const names = await unreadableValues(context, ids, problems)
      await inState(context, async (state) => {
        const held = await state.records.find(contactKind, [...names.keys()])
        const marked = held.map((record) => withUnreadable(record, names.get(record.id) ?? tag))
        await state.records.save(marked, { generation, pending: true })
        await noteUnreadable(state, { held: held.map(({ id }) => id) })
      })
    }
    const source = { rows, what: `values of ${tag}`, of: tag, onProblems }
    await readList(context, 'field-values', source, async ({ records }, page) => {
      const values = new Map(page.map((value) => [value.contact, value.value]))
      const known = await records.find(contactKind, [...values.keys()])
      const filled = known.map((record) =>
        withFields(context.definition, record, { [tag]: values.get(record.id) ?? '' }),
      )
      await records.save(filled, { generation, pending: true })
    })
    done.add(tag)
    await inState(context, ({ cursors }) => cursors.set(fieldsRead, JSON.stringify([...done])))
    await context.boundary()
  }
  await complete(context, generation)
  await inState(context, ({ cursors }) => cursors.set(fieldsRead, ''))
}

/**
 * Reads the mapped custom fields of the contacts that wait for them, in the way that takes fewer calls: contact by
 * contact, or field by field over all contacts. Until then those contacts stay out of every plan.
 */
export const readCustomFields = async (
  context: SyncContext,
  ids: CustomFieldIds,
  { changed, generation }: Reading,
): Promise<void> => {
  if (ids.size === 0) {
    await complete(context, generation)
    return
  }
  // Counting takes longer the more there are.
  const known = changed === 0 ? 0 : await inState(context, ({ records }) => records.count(contactKind))
  const begun = await inState(context, ({ cursors }) => cursors.get(fieldsRead))
  const callsPerField = ids.size * Math.ceil(known / valuesPerCall)
  if (changed <= callsPerField && (begun ?? '') === '') await readPerContact(context, ids, generation)
  else await readPerField(context, ids, generation)
}
