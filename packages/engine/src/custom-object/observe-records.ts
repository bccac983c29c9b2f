import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { beginOrGoOn, removeUnseen } from '../observe/generation.ts'
import { clearListPlace, placeIn, readList } from '../observe/list-place.ts'
import { rowKind } from '../observe/row-record.ts'
import { askToTouch } from '../observe/touch-asked.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { knownObject, recordKind } from './known-object.ts'
import { storedRecord } from './record.ts'

/** Of which schema, and for which fields, all records were read. */
const listed = 'activecampaign/opportunities/listed'
/** The same of a reading that goes on. */
const beingListed = 'activecampaign/opportunities/being-listed'

const listingOf = ({ fields }: CompiledEntity, schemaId: string): string =>
  `${schemaId} ${fields.map(({ activeCampaign }) => activeCampaign).join(',')}`

/** A new object has no records: there is nothing to read. */
export const rememberEmpty = (
  { cursors }: StateTransaction,
  entity: CompiledEntity,
  schemaId: string,
): Promise<void> => cursors.set(listed, listingOf(entity, schemaId))

/**
 * Reads all records of the custom object, one call per hundred: the first time, and when `full` is asked for. The service can
 * list no changes, nobody can edit records in its pages, and what the sync writes it learns from the answers; so an
 * ordinary run reads none. Records of other external ids are somebody else's. All opportunities are then looked at once more.
 */
export const observeRecords = async (
  context: SyncContext,
  entity: CompiledEntity,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const { activeCampaign, progress, signal } = context
  const known = await inState(context, (state) => knownObject(state, entity))
  const listing = known?.schemaId == null ? '' : listingOf(entity, known.schemaId)
  const before = await inState(context, ({ cursors }) => cursors.get(listed))
  if (!full && before === listing) return
  const generation = await inState(context, async (state) => {
    const goesOn =
      (await state.cursors.get(beingListed)) === listing && (await placeIn(state, 'records')) !== null
    if (!goesOn) await clearListPlace(state.cursors, 'records')
    await state.cursors.set(beingListed, listing)
    return beginOrGoOn(state, recordKind, goesOn)
  })
  if (known?.schemaId != null) {
    let done = 0
    const list = {
      rows: activeCampaign.customObjects.records.list(known.schemaId, signal ? { signal } : {}),
      what: 'custom object records of ActiveCampaign',
    }
    await readList(context, 'records', list, async (state, rows) => {
      const records = rows.flatMap((record) =>
        record.externalId === null || record.externalId === undefined
          ? []
          : [storedRecord(entity, record, record.externalId)],
      )
      await state.records.save(records, { generation, pending: false })
      done += rows.length
      progress({ step: 'read-active-campaign', done, total: null })
    })
  }
  await removeUnseen(context, recordKind, generation)
  await inState(context, async (state) => {
    // A state of versions before does not know whose they are, and so not who has come to another contact since.
    await askToTouch(state, [rowKind(entity)])
    await state.cursors.set(listed, listing)
  })
}
