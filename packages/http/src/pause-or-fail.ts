import { type Call, tell } from './call-context.ts'
import { decide } from './retry-policy.ts'
import type { Setback } from './setback.ts'
import { unknownOutcome } from './unknown-outcome.ts'

/** Waits until the call may be sent again. @throws the call's error when it may not */
export const pauseOrFail = async (call: Call, setback: Setback, signal: AbortSignal): Promise<void> => {
  const { clock, policy, repeatable, options, tries } = call
  const { verdict, error, reason, retryAfterMs } = setback
  if (verdict === 'refused' && retryAfterMs !== undefined) {
    // The limit belongs to the account: whoever else goes on would be refused too, and prolong the pause.
    if (retryAfterMs <= policy.maxRetryAfterMs) options.limiter?.pauseUntil(clock.now() + retryAfterMs)
    tell(call, { type: 'throttle', source: 'server', waitMs: retryAfterMs })
  }
  const leftMs = call.untilMs - clock.now()
  const decision = decide(policy, { verdict, tries, repeatable, retryAfterMs, leftMs }, call.random)
  if (decision.kind === 'unknown-outcome') throw unknownOutcome(call, error)
  if (decision.kind === 'fail') throw error
  tell(call, { type: 'retry', reason, delayMs: decision.delayMs })
  await clock.sleep(decision.delayMs, signal)
}
