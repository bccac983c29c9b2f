import type { ApplyContext } from '../apply/apply-context.ts'
import type { ActionOutcome } from '../apply/outcome.ts'
import { ActionsRefusedError } from '../errors/actions-refused-error.ts'
import { ServiceStopError } from '../errors/service-stop-error.ts'

/** What every other call would meet. */
export const stopIn = (outcomes: readonly ActionOutcome[]): ServiceStopError | undefined => {
  const stop = outcomes.find(({ remedy }) => remedy === 'stop')
  return stop && new ServiceStopError(stop.code ?? 'failed', stop.message ?? 'A service refused every call.')
}

/** What concerns more than one record: a service that refused every call, or kinds of actions. */
export const failureIn = (
  { refusals }: ApplyContext,
  outcomes: readonly ActionOutcome[],
): Error | undefined => {
  const refused = refusals.all()
  return stopIn(outcomes) ?? (refused.length > 0 ? new ActionsRefusedError(refused) : undefined)
}
