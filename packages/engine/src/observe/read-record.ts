import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { isNotFound } from '@dynacamp/dynamics-client'
import type { ApplyContext } from '../apply/apply-context.ts'
import { inState } from '../context.ts'
import type { RecordName } from '../state/kinds.ts'
import type { StoredRecord } from '../state/state-store.ts'
import { contactKind, contactRecord, customFieldsOf } from './contact-record.ts'
import { generationOf } from './generation.ts'
import { requestTagsOfContact } from './read-tags.ts'
import { columnsRead, rowRecord } from './row-record.ts'
import { tableOf } from './tables.ts'

const readRow = async (
  context: ApplyContext,
  name: RecordName,
): Promise<StoredRecord | 'gone' | 'not-synced'> => {
  const { definition, dynamics, signal } = context
  const entity = definition.entities.find((candidate) => candidate.entity === name.entity)
  if (entity === undefined) return 'not-synced'
  try {
    const options = { select: columnsRead(entity), ...(signal && { signal }) }
    return rowRecord(entity, await dynamics.table(tableOf(entity.entity)).get(name.id, options))
  } catch (error) {
    if (isNotFound(error)) return 'gone'
    throw error
  }
}

const readContact = async (context: ApplyContext, { id }: RecordName): Promise<StoredRecord | 'gone'> => {
  const { definition, activeCampaign, customFields, signal } = context
  try {
    const { contact, fieldValues } = await activeCampaign.contacts.get(id, { signal })
    const tags = await requestTagsOfContact(context, id)
    return contactRecord(definition, contact, customFieldsOf(fieldValues, customFields), tags)
  } catch (error) {
    if (isActiveCampaignError(error) && error.code === 'not-found') return 'gone'
    throw error
  }
}

/** Reads one record of either side into the state; one that is gone is forgotten. Kinds that nobody syncs are left alone. */
export const readRecord = async (context: ApplyContext, name: RecordName): Promise<void> => {
  const isContact = name.side === contactKind.side && name.entity === contactKind.entity
  if (name.side === 'activeCampaign' && !isContact) return
  const read = isContact ? await readContact(context, name) : await readRow(context, name)
  if (read === 'not-synced') return
  await inState(context, async (state) => {
    if (read === 'gone') {
      await state.records.remove(name, [name.id])
      return
    }
    await state.records.save([read], { generation: await generationOf(state, name), pending: false })
  })
}
