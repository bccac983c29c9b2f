import { hoursToMilliseconds } from 'date-fns/hoursToMilliseconds'
import { inState } from '../context.ts'
import type { SyncParts } from '../parts.ts'

/** What goes on needs its journal: an import is given up after a day, a failed call is looked at by the next run. */
const keptMs = hoursToMilliseconds(24)

const atOnce = 1000

/** How much was forgotten. */
export interface Pruned {
  readonly actions: number
  readonly hints: number
}

const forgetActions = async (parts: SyncParts, before: string): Promise<number> => {
  for (let total = 0; ; ) {
    const forgotten = await inState(parts, ({ journal }) => journal.forget(before, atOnce))
    if (forgotten === 0) return total
    total += forgotten
  }
}

const forgetHints = async (parts: SyncParts, before: string): Promise<number> => {
  for (let total = 0; ; ) {
    const old = await inState(parts, async ({ hints }) => {
      const oldest = await hints.take(atOnce)
      const ids = oldest.filter(({ at }) => at < before).map(({ hintId }) => hintId)
      await hints.done(ids)
      return ids.length
    })
    total += old
    if (old < atOnce) return total
  }
}

/** Forgets what happened before a time, some at a time, so that nobody waits for long. */
export const prune = async (parts: SyncParts, { before }: { readonly before: Date }): Promise<Pruned> => {
  if (!(before.getTime() <= parts.clock.now() - keptMs)) {
    throw new RangeError('prune: `before` must be a day ago or more; what goes on needs its journal')
  }
  const at = before.toISOString()
  const actions = await forgetActions(parts, at)
  const hints = await forgetHints(parts, at)
  await inState(parts, ({ runs }) => runs.forget(at))
  return { actions, hints }
}
