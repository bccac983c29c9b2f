import type { EntityName } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import type { CustomFieldIds } from '../observe/custom-fields.ts'
import type { Refusals } from './refusals.ts'

/** What executors work with. */
export interface ApplyContext extends SyncContext {
  readonly customFields: CustomFieldIds
  /** Entities whose initial sync is not over. */
  readonly initial: ReadonlySet<EntityName>
  /** Ids of actions that are part of an initial sync although it is over: their records have failed since. */
  readonly late?: ReadonlySet<string>
  /** What is left alone in all of the run. */
  readonly refusals: Refusals
}
