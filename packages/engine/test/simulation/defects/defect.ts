import type { History } from '../history.ts'
import type { LawName } from '../laws/all-laws.ts'
import type { Sabotage } from '../worker.ts'

export interface Defect {
  /** The law that must notice. */
  readonly law: LawName | 'deterministic'
  readonly sabotage: Sabotage
  /** What happens, run after run, for it to show. */
  readonly history: History
}
