import type { EntityName } from '@dynacamp/mapping-dsl'
import type { SyncContext } from '../context.ts'
import type { CustomFieldIds } from '../observe/custom-fields.ts'

/** What executors work with. */
export interface ApplyContext extends SyncContext {
  readonly customFields: CustomFieldIds
  /** Entities whose initial sync is not over. */
  readonly initial: ReadonlySet<EntityName>
}
