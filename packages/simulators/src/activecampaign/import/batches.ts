import type { Endpoint } from '../core/call.ts'
import { centralIso } from '../core/central-time.ts'
import type { JsonObject } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import { ok, Rejection } from '../core/reply.ts'
import type { Store } from '../core/store.ts'

/** A queued import. */
export interface Batch {
  readonly id: string
  readonly atMs: number
  readonly contacts: readonly JsonObject[]
  /** Ids of the contacts written. */
  readonly success: string[]
  /** Addresses of the contacts that failed, without a reason. */
  readonly failure: string[]
}

/** Every import of the account, oldest first. */
export const batchesOf = perStore<Batch[]>(() => [])

function statusOf(store: Store, batch: Batch): 'waiting' | 'active' | 'completed' {
  const { importWaitMs, importRunMs } = store.behaviour
  const age = store.now() - batch.atMs
  if (age < importWaitMs) return 'waiting'
  return age < importWaitMs + importRunMs ? 'active' : 'completed'
}

export const importStatus: Endpoint = {
  operation: 'import.status',
  method: 'GET',
  path: 'import/info',
  handle: ({ store, query }) => {
    const id = query.get('batchId') ?? ''
    if (id === '') throw new Rejection(400, { success: 0, message: "'batchId' is a required field." })
    const batch = batchesOf(store).find((one) => one.id === id)
    if (batch === undefined) throw new Rejection(400, { success: 0, message: `Batch ${id} was not found.` })
    return ok({ status: statusOf(store, batch), success: batch.success, failure: batch.failure })
  },
}

/** Batches and contacts by day. */
function byDay(list: readonly Batch[]): readonly JsonObject[] {
  const days = new Map<string, { batches: number; contacts: number }>()
  for (const batch of list) {
    const day = centralIso(batch.atMs).slice(0, 10)
    const sum = days.get(day) ?? { batches: 0, contacts: 0 }
    days.set(day, { batches: sum.batches + 1, contacts: sum.contacts + batch.contacts.length })
  }
  return [...days].map(([forDate, sum]) => ({
    forDate,
    batches: String(sum.batches),
    contacts: String(sum.contacts),
  }))
}

export const importQueue: Endpoint = {
  operation: 'import.queue',
  method: 'GET',
  path: 'import/bulk_import',
  handle: ({ store }) => {
    const completed = (batch: Batch): boolean => statusOf(store, batch) === 'completed'
    const all = batchesOf(store)
    return ok({
      outstanding: byDay(all.filter((batch) => !completed(batch))),
      recentlyCompleted: byDay(all.filter(completed)),
    })
  },
}
