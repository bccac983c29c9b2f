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
}

interface CursorTable {
  tenant: string
  name: string
  value: string
}

interface JournalTable {
  sequence: Generated<number>
  tenant: string
  plan_id: string
  action_id: string
  at: string
  action: string
  outcome: string | null
}

/** The tables of the state. JSON is kept as text and booleans as 0 or 1, so that one code serves SQLite and PostgreSQL. */
export interface StateTables {
  dynacamp_record: RecordTable
  dynacamp_key: KeyTable
  dynacamp_link: LinkTable
  dynacamp_cursor: CursorTable
  dynacamp_journal: JournalTable
}

export type StateDatabase = Kysely<StateTables>
