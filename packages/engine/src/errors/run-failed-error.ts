import { isHttpError } from '@dynacamp/http'
import type { RunReport } from '../run/run-report.ts'

/**
 * A run was ended by an error: a service refused every call, could not be read, or the state could not be written. What was done
 * before is done, and the next run goes on from there; `cause` is the error.
 */
export class RunFailedError extends Error {
  override readonly name = 'RunFailedError'
  readonly code = 'run-failed'
  readonly report: RunReport

  constructor(report: RunReport, cause: unknown) {
    const told = /[.!?]$/.test(report.message) ? report.message : `${report.message}.`
    const check = isHttpError(cause) ? ' `checkConnection` tells, step by step, what is wrong.' : ''
    super(`${told}${check} The next run goes on where this one stopped.`, { cause })
    this.report = report
  }
}
