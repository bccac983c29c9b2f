import type { SyncContext } from '../context.ts'
import type { CustomFieldIds } from '../observe/custom-fields.ts'

/** What executors work with. */
export interface ApplyContext extends SyncContext {
  readonly customFields: CustomFieldIds
  /** Part of the initial sync. */
  readonly initial: boolean
}
