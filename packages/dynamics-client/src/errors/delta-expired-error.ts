import { DynamicsError } from './dynamics-error.ts'

/**
 * The delta link is too old, or the table's columns changed since: read the table anew with `changes()` without a
 * link, and compare ids, as a full read reports no deletions.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems
 * @example
 * import { DeltaExpiredError } from '@dynacamp/dynamics-client'
 *
 * const mustStartAgain = (error: unknown) => error instanceof DeltaExpiredError
 */
export class DeltaExpiredError extends DynamicsError {
  override readonly name = 'DeltaExpiredError'
  override readonly code = 'delta-expired'
}
