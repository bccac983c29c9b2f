import type { Answer } from '../../shared/exchange.ts'
import { type Call, odataAnswer } from '../call.ts'
import { badQuery, badRequest, DataverseError } from '../dataverse-error.ts'
import type { Table } from '../schema/table.ts'
import { demand } from '../security/access.ts'
import { privilegeName } from '../security/privileges.ts'
import type { Row } from '../store/table-store.ts'
import { link } from './link.ts'
import { createPresenter, selectColumns } from './present.ts'
import { parseSelect } from './query.ts'
import { readSkipToken, writeSkipToken } from './skip-token.ts'

const dayMs = 86_400_000

interface DeltaToken {
  readonly version: number
  readonly atMs: number
}

/** `919042!08/22/2017 08:10:44`, encoded as the service does. */
function writeDeltaToken(version: number, nowMs: number): string {
  const iso = new Date(nowMs).toISOString()
  const [year, month, day] = iso.slice(0, 10).split('-')
  return encodeURIComponent(`${version}!${month}/${day}/${year} ${iso.slice(11, 19)}`)
    .replaceAll('!', '%21')
    .toLowerCase()
}

function readDeltaToken(text: string): DeltaToken {
  const match = /^(\d+)!(\d{2})\/(\d{2})\/(\d{4}) (\d{2}):(\d{2}):(\d{2})$/.exec(text)
  if (match === null) throw badRequest(`The delta token '${text}' is not valid.`)
  const [version = 0, month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map(Number)
  return { version, atMs: Date.UTC(year, month - 1, day, hour, minute, second) }
}

const expired = (call: Call): DataverseError =>
  new DataverseError(
    call.environment.behaviour.expiredTokenStatus,
    '0x80044352',
    'ExpiredVersionStamp',
    'Version stamp associated with the client has expired. Please perform a full sync.',
  )

const forbidden = {
  $filter: 'filter',
  $orderby: 'orderby',
  $expand: 'expand',
  $top: 'top',
  $apply: 'apply',
  fetchXml: 'fetch',
}

/** What change tracking needs of the query, the table and the caller. */
function demandTracking(call: Call, table: Table): void {
  for (const [option, name] of Object.entries(forbidden)) {
    if (option in call.options) {
      throw badQuery(`The "${name}" query parameter isn't supported when Change Tracking is enabled.`)
    }
  }
  if (!table.changeTracking) {
    throw new DataverseError(
      400,
      '0x80072491',
      'ChangeTrackingNotEnabledForEntity',
      `Entity ${table.logicalName} isn't enabled for change tracking.`,
    )
  }
  // The feed knows no rows: only somebody who may read all of them may read it.
  if (call.caller.depth(privilegeName('Read', table)) !== 'Global') {
    demand({ ...call, caller: { ...call.caller, depth: () => undefined } }, 'Read', table)
  }
}

const expiryDays = (call: Call): number => {
  const organization = call.environment.store.table('organization').get(call.environment.ids.organization)
  return Number(organization?.expirechangetrackingindays ?? 7)
}

const deltaContext = (call: Call, table: Table, delta: boolean): string => {
  const selected = call.options.$select
  const columns = selected === undefined ? '' : `(${selected.split(',').filter(Boolean).join(',')})`
  return `${call.root}/$metadata#${table.entitySetName}${columns}${delta ? '/$delta' : ''}`
}

const rowPresenter = (call: Call, table: Table): ((row: Row) => unknown) =>
  createPresenter(call, table, selectColumns(table, parseSelect(table, call.options.$select)))

/** The first round: all rows, page by page, and on the last page the link that starts the next round. */
export function startTracking(call: Call, table: Table): Answer {
  demandTracking(call, table)
  const { store, clock } = call.environment
  const token = call.options.$skiptoken === undefined ? undefined : readSkipToken(call.options.$skiptoken)
  // What changes while the pages are read is newer than this and comes in the next round.
  const version = token?.trackedVersion ?? store.version
  const { pageLimit } = call.environment.behaviour
  const size = Math.min(call.prefer.maxPageSize ?? pageLimit, pageLimit)
  const rows: Row[] = []
  let more = false
  for (const row of store.table(table.logicalName).inKeyOrder(token?.last)) {
    if (rows.length === size) {
      more = true
      break
    }
    rows.push(row)
  }
  const [first, last] = [rows[0], rows.at(-1)]
  const next =
    more && first !== undefined && last !== undefined
      ? {
          '@odata.nextLink': link(call, {
            $skiptoken: writeSkipToken(
              table.primaryId,
              { page: (token?.page ?? 1) + 1, last: String(last[table.primaryId]), trackedVersion: version },
              String(first[table.primaryId]),
            ),
          }),
        }
      : { '@odata.deltaLink': link(call, { $deltatoken: writeDeltaToken(version, clock.now()) }) }
  return odataAnswer(call, 200, {
    '@odata.context': deltaContext(call, table, false),
    ...next,
    value: rows.map(rowPresenter(call, table)),
  })
}

/** A page of a later round: rows or deletions, after which version, and the version that the whole round ends at. */
const roundCookie = /^round:(rows|deleted):(\d+):(\d+)$/

interface Item {
  readonly phase: 'rows' | 'deleted'
  readonly version: number
  readonly write: () => unknown
}

/** A later round: rows as they are now, in the order of their versions, then what was deleted. */
export function readChanges(call: Call, table: Table): Answer {
  demandTracking(call, table)
  const { store, clock, metadataChanges } = call.environment
  const token = readDeltaToken(call.options.$deltatoken ?? '')
  const tooOld = clock.now() - token.atMs > expiryDays(call) * dayMs
  if (tooOld || (metadataChanges.get(table.logicalName) ?? 0) > token.version) throw expired(call)
  const [, phase = 'rows', after = '0', end = String(store.version)] =
    roundCookie.exec(call.options.$skiptoken ?? '') ?? []
  const until = Number(end)
  const stored = store.table(table.logicalName)
  const { rows, deleted: tombstones } = stored.changesSince(token.version)
  const tellsBoth = call.environment.behaviour.restoredRow === 'row-and-deletion'
  const deleted = tombstones.filter(({ id }) => tellsBoth || stored.get(id) === undefined)
  const present = rowPresenter(call, table)
  const items: readonly Item[] = [
    ...rows.map((row) => ({
      phase: 'rows' as const,
      version: Number(row.versionnumber),
      write: () => present(row),
    })),
    ...deleted.map(({ id, version }) => ({
      phase: 'deleted' as const,
      version,
      write: () => ({
        '@odata.context': `${call.root}/$metadata#${table.entitySetName}/$deletedEntity`,
        id,
        reason: 'deleted',
      }),
    })),
  ]
  // Pages follow versions, not positions: rows that change meanwhile leave the round, newer than its end, and must
  // not push others out of it. They wait for the next round.
  const left = items.filter(
    (item) =>
      item.version <= until &&
      (item.phase === phase ? item.version > Number(after) : item.phase === 'deleted'),
  )
  const { pageLimit } = call.environment.behaviour
  const size = Math.min(call.prefer.maxPageSize ?? pageLimit, pageLimit)
  const page = left.slice(0, size)
  const last = page.at(-1)
  const next =
    left.length > size && last !== undefined
      ? {
          '@odata.nextLink': link(call, {
            $deltatoken: encodeURIComponent(call.options.$deltatoken ?? ''),
            $skiptoken: encodeURIComponent(`round:${last.phase}:${last.version}:${until}`),
          }),
        }
      : { '@odata.deltaLink': link(call, { $deltatoken: writeDeltaToken(until, clock.now()) }) }
  return odataAnswer(call, 200, {
    '@odata.context': deltaContext(call, table, true),
    ...next,
    value: page.map(({ write }) => write()),
  })
}
