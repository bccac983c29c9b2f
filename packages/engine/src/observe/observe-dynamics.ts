import { hashFields } from '@dynacamp/core'
import { DeltaExpiredError, DynamicsError } from '@dynacamp/dynamics-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { UnreadableAnswerError } from '../errors/unreadable-answer-error.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { generationOf, nextGeneration, removeUnseen } from './generation.ts'
import { restoredAmong } from './restored-rows.ts'
import { columnsRead, rowKind, rowRecord } from './row-record.ts'
import { tableOf } from './tables.ts'

/**
 * A delta link belongs to the columns it was asked for with, so other columns begin anew. Their hash names them: PostgreSQL
 * indexes no text of some thousand characters, and a definition may have hundreds of columns.
 */
const cursorName = (entity: CompiledEntity): string =>
  `dynamics/${entity.entity}/delta/${hashFields({}, columnsRead(entity))}`

/** The page that a reading goes on with, after an interruption: its token, and whether it reads everything. */
const pageName = (entity: CompiledEntity): string => `${cursorName(entity)}/page`

const allOf = 'all '
const changesOf = 'changes '

/** Forgets where the reading of an entity stands: the next one reads everything. */
export const beginAnew = async ({ cursors }: StateTransaction, entity: CompiledEntity): Promise<void> => {
  await cursors.set(cursorName(entity), '')
  await cursors.set(pageName(entity), '')
}

interface Start {
  /** Null: everything is read. */
  readonly deltaLink: string | null
  /** Of the page to go on with. */
  readonly continuationToken?: string
}

/** Reads from a delta link to the end, or everything without one; what was read is kept page by page. */
const follow = async (
  context: SyncContext,
  entity: CompiledEntity,
  { deltaLink, continuationToken }: Start,
): Promise<void> => {
  const { dynamics, progress, signal } = context
  const kind = rowKind(entity)
  const begins = deltaLink === null && continuationToken === undefined
  const generation = await inState(context, (state) =>
    begins ? nextGeneration(state, kind) : generationOf(state, kind),
  )
  const prefix = deltaLink === null ? allOf : changesOf
  const feed = dynamics.table(tableOf(entity.entity)).changes({
    select: columnsRead(entity),
    ...entity.annotations,
    ...(deltaLink !== null && { deltaLink }),
    ...(signal && { signal }),
  })
  let done = 0
  let unreadable = 0
  for await (const page of feed.byPage({ continuationToken })) {
    const rows = page.changes.flatMap((change) => (change.kind === 'upsert' ? [change.row] : []))
    const deleted = page.changes.flatMap((change) => (change.kind === 'deletion' ? [change.id] : []))
    unreadable += page.changes.length - rows.length - deleted.length
    // The delta link is not kept when rows could not be read: it would pass over them for good.
    const link = unreadable > 0 ? undefined : page.deltaLink
    const keepPlace = async ({ cursors }: StateTransaction): Promise<void> => {
      const next = page.continuationToken
      await cursors.set(pageName(entity), next === undefined || unreadable > 0 ? '' : prefix + next)
      if (link !== undefined) await cursors.set(cursorName(entity), link)
    }
    const endsFull = link !== undefined && deltaLink === null
    const seen = rows.map((row) => rowRecord(entity, row))
    const restored = await restoredAmong(context, entity, { deleted, seen })
    const isThere = new Set(restored.map(({ id }) => id))
    await inState(context, async (state) => {
      await state.records.save([...seen, ...restored], { generation, pending: false })
      await state.records.remove(
        kind,
        deleted.filter((id) => !isThere.has(id)),
      )
      if (!endsFull) await keepPlace(state)
    })
    if (endsFull) {
      // A full read does not list deletions: what it did not show is gone. Until all of that is forgotten, this page is read again.
      await removeUnseen(context, kind, generation)
      await inState(context, keepPlace)
    }
    done += page.changes.length
    progress({ step: 'read-dynamics', done, total: null })
    if (page.continuationToken !== undefined && unreadable === 0) await context.boundary()
  }
  if (unreadable > 0) throw new UnreadableAnswerError(`${entity.entity} of Dynamics 365`, unreadable)
}

const startOf = async (context: SyncContext, entity: CompiledEntity): Promise<Start> => {
  const { link, page } = await inState(context, async ({ cursors }) => ({
    link: await cursors.get(cursorName(entity)),
    page: await cursors.get(pageName(entity)),
  }))
  const deltaLink = link === null || link === '' ? null : link
  if (page === null || page === '') return { deltaLink }
  return page.startsWith(allOf)
    ? { deltaLink: null, continuationToken: page.slice(allOf.length) }
    : { deltaLink, continuationToken: page.slice(changesOf.length) }
}

/** Whether a saved page cannot be had any more. Which status says so is not documented: docs/discoveries/dynamics-delta-tokens.md. */
const isLostPage = (error: unknown): boolean =>
  error instanceof DeltaExpiredError ||
  (error instanceof DynamicsError && [400, 404, 410].includes(error.status))

/**
 * Reads what changed in D365 since the last delta link. A link that has expired, or was invalidated by a change of the
 * table's columns, is replaced by a full read. A reading that was interrupted goes on with its next page; where the service does
 * not know that page any more, it begins anew.
 */
export const observeDynamics = async (context: SyncContext, entity: CompiledEntity): Promise<void> => {
  const start = await startOf(context, entity)
  try {
    await follow(context, entity, start)
  } catch (error) {
    if (start.continuationToken !== undefined && isLostPage(error)) {
      await inState(context, ({ cursors }) => cursors.set(pageName(entity), ''))
      await observeDynamics(context, entity)
      return
    }
    if (start.deltaLink === null || !(error instanceof DeltaExpiredError)) throw error
    await follow(context, entity, { deltaLink: null })
  }
}
