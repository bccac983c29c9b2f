import type { Generated, Kysely } from 'kysely'

interface RecordTable {
  tenant: string
  entity: string
  side: string
  id: string
  fields: string
  version: string
  updated_on: string | null
  active: number
  tags: string
  lists: string | null
  generation: number
  pending: number
  dirty: number
}

interface KeyTable {
  tenant: string
  entity: string
  side: string
  id: string
  key: string
}

interface LinkTable {
  tenant: string
  entity: string
  id: string
  dynamics_id: string
  active_campaign_id: string
  base_dynamics: string
  base_active_campaign: string
  orphan: number
}

interface CursorTable {
  tenant: string
  name: string
  value: string
}

interface JournalTable {
  sequence: Generated<number>
  tenant: string
  run_id: string | null
  plan_id: string
  action_id: string
  entity: string
  dynamics_id: string | null
  active_campaign_id: string | null
  at: string
  action: string
  outcome: string | null
}

interface LeaseTable {
  tenant: string
  holder: string | null
  fence: number
  expires_at_ms: number
}

interface SetAsideTable {
  tenant: string
  key: string
  entity: string
  side: string
  id: string
  code: string
  message: string
  attempts: number
  next_try_at_ms: number | null
  since: string
  seen: string | null
}

interface RunTable {
  sequence: Generated<number>
  tenant: string
  id: string
  started_at: string
  ended_at: string | null
  trigger: string
  status: string
  counts: string
  error: string | null
}

interface HintTable {
  sequence: Generated<number>
  tenant: string
  entity: string
  side: string
  id: string
  at: string
}

interface ImportTable {
  tenant: string
  id: string
  at: string
  batch_ids: string | null
  failed: string | null
  actions: string
}

interface UnderWayTable {
  tenant: string
  name: string
  import_id: string
}

/**
 * The tables of the state. JSON is kept as text and booleans as 0 or 1, so that one code serves SQLite and PostgreSQL.
 * Numbers beyond 32 bits come back from PostgreSQL as text: `Number()` makes them numbers everywhere.
 */
export interface StateTables {
  dynacamp_record: RecordTable
  dynacamp_key: KeyTable
  dynacamp_link: LinkTable
  dynacamp_cursor: CursorTable
  dynacamp_journal: JournalTable
  dynacamp_lease: LeaseTable
  dynacamp_set_aside: SetAsideTable
  dynacamp_run: RunTable
  dynacamp_hint: HintTable
  dynacamp_import: ImportTable
  dynacamp_under_way: UnderWayTable
}

export type StateDatabase = Kysely<StateTables>
