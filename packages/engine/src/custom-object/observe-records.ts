import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { nextGeneration, removeUnseen } from '../observe/generation.ts'
import { rowKind } from '../observe/row-record.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { knownObject, recordKind } from './known-object.ts'
import { storedRecord } from './record.ts'

/** Of which schema, and for which fields, all records were read. */
const listed = 'activecampaign/opportunities/listed'

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
  const generation = await inState(context, (state) => nextGeneration(state, recordKind))
  if (known?.schemaId != null) {
    let done = 0
    const pages = activeCampaign.customObjects.records.list(known.schemaId, signal ? { signal } : {}).byPage()
    for await (const page of pages) {
      if (page.problems.length > 0) {
        throw new UnreadableAnswerError('custom object records of ActiveCampaign', page.problems.length)
      }
      const records = page.rows.flatMap((record) =>
        record.externalId === null || record.externalId === undefined
          ? []
          : [storedRecord(entity, record, record.externalId)],
      )
      await inState(context, (state) => state.records.save(records, { generation, pending: false }))
      done += page.rows.length
      progress({ step: 'read-active-campaign', done, total: null })
    }
  }
  await inState(context, async (state) => {
    await removeUnseen(state, recordKind, generation)
    // A person may have come to another contact since, which no change of an opportunity tells.
    await state.records.touch(rowKind(entity))
    await state.cursors.set(listed, listing)
  })
}
