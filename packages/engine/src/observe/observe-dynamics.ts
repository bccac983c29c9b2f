import { DeltaExpiredError } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import { generationOf, nextGeneration, removeUnseen } from './generation.ts'
import { columnsRead, rowKind, rowRecord } from './row-record.ts'
import { tableOf } from './tables.ts'

/** A delta link belongs to the columns it was asked for with, so other columns begin anew. */
const cursorName = (entity: CompiledEntity): string =>
  `dynamics/${entity.entity}/delta/${[...columnsRead(entity)].sort((a, b) => (a < b ? -1 : 1)).join(',')}`

/** Reads from a delta link to the end, or everything without one; what was read is kept page by page. */
const follow = async (
  context: SyncContext,
  entity: CompiledEntity,
  deltaLink: string | null,
): Promise<void> => {
  const { dynamics, progress, signal } = context
  const kind = rowKind(entity)
  const generation = await inState(context, (state) =>
    deltaLink === null ? nextGeneration(state, kind) : generationOf(state, kind),
  )
  const feed = dynamics.table(tableOf(entity.entity)).changes({
    select: columnsRead(entity),
    ...entity.annotations,
    ...(deltaLink !== null && { deltaLink }),
    ...(signal && { signal }),
  })
  let done = 0
  let unreadable = 0
  for await (const page of feed.byPage()) {
    const rows = page.changes.flatMap((change) => (change.kind === 'upsert' ? [change.row] : []))
    const deleted = page.changes.flatMap((change) => (change.kind === 'deletion' ? [change.id] : []))
    unreadable += page.changes.length - rows.length - deleted.length
    await inState(context, async (state) => {
      const { records, cursors } = state
      const seen = rows.map((row) => rowRecord(entity, row))
      await records.save(seen, { generation, pending: false })
      await records.remove(kind, deleted)
      // The delta link is not kept when rows could not be read: it would pass over them for good.
      if (page.deltaLink === undefined || unreadable > 0) return
      // A full read does not list deletions: what it did not show is gone.
      if (deltaLink === null) await removeUnseen(state, kind, generation)
      await cursors.set(cursorName(entity), page.deltaLink)
    })
    done += page.changes.length
    progress({ step: 'read-dynamics', done, total: null })
  }
  if (unreadable > 0) throw new UnreadableAnswerError(`${entity.entity} of Dynamics 365`, unreadable)
}

/**
 * Reads what changed in D365 since the last delta link. A link that has expired, or was invalidated by a change of the
 * table's columns, is replaced by a full read.
 */
export const observeDynamics = async (
  context: SyncContext,
  entity: CompiledEntity,
  { full }: { readonly full: boolean },
): Promise<void> => {
  const deltaLink = full ? null : await inState(context, ({ cursors }) => cursors.get(cursorName(entity)))
  try {
    await follow(context, entity, deltaLink)
  } catch (error) {
    if (deltaLink === null || !(error instanceof DeltaExpiredError)) throw error
    await follow(context, entity, null)
  }
}
