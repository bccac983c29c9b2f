import { chunks } from '../chunks.ts'
import type { HintState } from './hint-state.ts'
import type { JournalState } from './journal-state.ts'
import { lastOfEach } from './last-of-each.ts'
import { perStatement } from './per-statement.ts'
import type { SetAsideState } from './set-aside-state.ts'
import type { LinkState, RecordState } from './state-store.ts'

const each = async <Item>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<void>,
): Promise<void> => {
  for (const some of chunks(items, perStatement)) await work(some)
}

const gather = async <Item, Found>(
  items: readonly Item[],
  work: (some: readonly Item[]) => Promise<readonly Found[]>,
): Promise<readonly Found[]> => {
  const found: Found[] = []
  for (const some of chunks(items, perStatement)) found.push(...(await work(some)))
  return found
}

/** Takes lists of any length, a page of D365 has 5,000 rows, and hands them on in pieces that one statement can take. */
export const boundedRecords = (records: RecordState): RecordState => ({
  ...records,
  save: (all, options) => each(all, (some) => records.save(some, options)),
  find: (kind, ids) => gather(ids, (some) => records.find(kind, some)),
  amongDirty: (kind, ids) => gather(ids, (some) => records.amongDirty(kind, some)),
  findByKey: async (kind, keys) =>
    lastOfEach(await gather(keys, (some) => records.findByKey(kind, some)), ({ id }) => id),
  quiet: (kind, ids) => each(ids, (some) => records.quiet(kind, some)),
  remove: (kind, ids) => each(ids, (some) => records.remove(kind, some)),
})

export const boundedLinks = (links: LinkState): LinkState => ({
  ...links,
  save: (all) => each(all, (some) => links.save(some)),
  of: (kind, ids) => gather(ids, (some) => links.of(kind, some)),
  remove: (entity, ids) => each(ids, (some) => links.remove(entity, some)),
})

export const boundedJournal = (journal: JournalState): JournalState => ({
  ...journal,
  intend: (entries) => each(entries, (some) => journal.intend(some)),
})

export const boundedSetAsides = (setAsides: SetAsideState): SetAsideState => ({
  ...setAsides,
  save: (all) => each(all, (some) => setAsides.save(some)),
  find: (kind, ids) => gather(ids, (some) => setAsides.find(kind, some)),
  remove: (all) => each(all, (some) => setAsides.remove(some)),
})

export const boundedHints = (hints: HintState): HintState => ({
  ...hints,
  done: (all) => each(all, (some) => hints.done(some)),
})
