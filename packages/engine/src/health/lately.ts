import { readState } from '../context.ts'
import type { SyncParts } from '../parts.ts'
import type { JournalEntry } from '../state/journal-state.ts'
import type { RunRecord } from '../state/run-state.ts'

/** An action of the latest runs. */
export interface Change {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly runId: string
  readonly entity: string
  readonly dynamicsId: string | null
  readonly activeCampaignId: string | null
  /** The kind of the action, such as `update-dynamics-record`. */
  readonly kind: string
  /** How it ended; null while nobody knows. */
  readonly status: string | null
}

const most = 10

const textOf = (value: unknown, key: string): string | null => {
  if (typeof value !== 'object' || value === null) return null
  const found: unknown = Object.entries(value).find(([name]) => name === key)?.[1]
  return typeof found === 'string' ? found : null
}

const changeOf = (runId: string, entry: JournalEntry): Change => ({
  at: entry.at,
  runId,
  entity: entry.entity,
  dynamicsId: entry.dynamicsId,
  activeCampaignId: entry.activeCampaignId,
  kind: textOf(entry.action, 'kind') ?? 'unknown',
  status: textOf(entry.outcome, 'status'),
})

/** The first actions of the latest runs that did something. */
export const lately = async (
  { store, tenant }: Pick<SyncParts, 'store' | 'tenant'>,
  runs: readonly RunRecord[],
): Promise<readonly Change[]> => {
  const changes: Change[] = []
  for (const { id } of runs) {
    if (changes.length >= most) break
    const page = { after: null, limit: most - changes.length }
    const entries = await readState({ store, tenant }, ({ journal }) => journal.ofRun({ runId: id }, page))
    changes.push(...entries.map((entry) => changeOf(id, entry)))
  }
  return changes
}
