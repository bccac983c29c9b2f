import type { Action } from '../actions/action.ts'
import { PlanError } from './plan-error.ts'
import { actionShape } from './plan-shape.ts'

/**
 * Reads one action back from where it was kept, such as a journal.
 *
 * @throws {PlanError} `malformed` when it is no action of this release
 *
 * @example
 * const actions = entries.map(({ action }) => parseAction(action))
 */
export const parseAction = (value: unknown): Action => {
  const read = actionShape.safeParse(value)
  if (read.success) return read.data
  throw new PlanError(
    'malformed',
    'The journal has an action that this release does not know.',
    'Read it with the release that wrote it.',
  )
}
