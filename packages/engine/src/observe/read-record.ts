import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { isNotFound } from '@dynacamp/dynamics-client'
import { accountAmong } from '../accounts/account-contacts.ts'
import { accountKind } from '../accounts/account-record.ts'
import { readAccount } from '../accounts/read-account.ts'
import type { ApplyContext } from '../apply/apply-context.ts'
import { inState } from '../context.ts'
import type { RecordName } from '../state/kinds.ts'
import type { StoredRecord } from '../state/state-store.ts'
import { askForLists } from './asked-lists.ts'
import { contactKind, contactRecord, customFieldsOf } from './contact-record.ts'
import { noteLookDue } from './find-deleted-contacts.ts'
import { generationOf } from './generation.ts'
import { listNames, membershipsOf } from './memberships.ts'
import { watchesOptOuts } from './read-opt-outs.ts'
import { tagsOfContact } from './read-tags.ts'
import { columnsRead, rowRecord } from './row-record.ts'
import { tableOf } from './tables.ts'
import {
  isUnreadable,
  namesIn,
  noteUnreadable,
  unreadableContact,
  unreadableValues,
  withUnreadable,
} from './unreadable-contacts.ts'

const readRow = async (
  context: ApplyContext,
  name: RecordName,
): Promise<StoredRecord | 'gone' | 'not-synced'> => {
  const { definition, dynamics, signal } = context
  const entity = definition.entities.find((candidate) => candidate.entity === name.entity)
  if (entity === undefined) return 'not-synced'
  try {
    const options = { select: columnsRead(entity), ...entity.annotations, ...(signal && { signal }) }
    return rowRecord(entity, await dynamics.table(tableOf(entity.entity)).get(name.id, options))
  } catch (error) {
    if (isNotFound(error)) return 'gone'
    throw error
  }
}

const readContact = async (context: ApplyContext, { id }: RecordName): Promise<StoredRecord | 'gone'> => {
  const { definition, activeCampaign, customFields, signal } = context
  try {
    const { contact, fieldValues, accountContacts, problems } = await activeCampaign.contacts.get(id, {
      signal,
    })
    const ofValues = problems.filter((problem) =>
      problem.problems.some(({ path }) => path.startsWith('fieldValues')),
    )
    const oddValues = (await unreadableValues(context, customFields, ofValues)).get(id)
    const tags = await tagsOfContact(context, id)
    const [known] = await inState(context, ({ records }) => records.find(contactKind, [id]))
    const fields = {
      // What is known of a field that is not there any more.
      ...known?.fields,
      ...customFieldsOf(fieldValues, customFields),
      ...accountAmong(definition, accountContacts),
    }
    const readable = contactRecord(definition, contact, fields, tags)
    const record = oddValues === undefined ? readable : withUnreadable(readable, oddValues)
    if (!watchesOptOuts(definition)) return record
    return { ...record, lists: await membershipsOf(context, id, await listNames(context)) }
  } catch (error) {
    if (!isActiveCampaignError(error)) throw error
    if (error.code === 'not-found') return 'gone'
    // Its row came, and something in it is odd.
    const isOdd =
      error.code === 'malformed-response' && error.problems.every(({ path }) => /^contact\./.test(path))
    if (!isOdd || error.operation !== 'contacts.get') throw error
    return (await unreadableContact(context, id, namesIn(error.problems))) ?? 'gone'
  }
}

const readCompany = async (
  context: ApplyContext,
  { id }: RecordName,
): Promise<StoredRecord | 'gone' | 'not-synced'> => {
  const entity = context.definition.entities.find((candidate) => candidate.entity === 'accounts')
  if (entity === undefined) return 'not-synced'
  try {
    return await readAccount(context, entity, id)
  } catch (error) {
    if (isActiveCampaignError(error) && error.code === 'not-found') return 'gone'
    throw error
  }
}

const readEither = (context: ApplyContext, name: RecordName) => {
  if (name.side === 'dynamics') return readRow(context, name)
  if (name.entity === contactKind.entity) return readContact(context, name)
  return name.entity === accountKind.entity ? readCompany(context, name) : undefined
}

/** Neither who signed up to a list again nor who was deleted shows in a reading of changes: both are looked for when contacts can be read. */
const askLater = async (context: ApplyContext, { side, entity, id }: RecordName): Promise<void> => {
  if (side !== contactKind.side || entity !== contactKind.entity) return
  await inState(context, async (state) => {
    if (watchesOptOuts(context.definition)) await askForLists(state, [id])
    await noteLookDue(state)
  })
}

/**
 * Reads one record of either side into the state; one that is gone is forgotten. Kinds that nobody syncs, or that cannot be read, are
 * left alone.
 */
export const readRecord = async (context: ApplyContext, name: RecordName): Promise<void> => {
  if (context.unread.covers(name)) {
    await askLater(context, name)
    return
  }
  const read = await readEither(context, name)
  if (read === undefined || read === 'not-synced') return
  await inState(context, async (state) => {
    if (read === 'gone') {
      await state.records.remove(name, [name.id])
      return
    }
    await state.records.save([read], { generation: await generationOf(state, name), pending: false })
    if (name.side === contactKind.side && name.entity === contactKind.entity)
      await noteUnreadable(state, isUnreadable(read) ? { held: [name.id] } : { read: [name.id] })
  })
}
