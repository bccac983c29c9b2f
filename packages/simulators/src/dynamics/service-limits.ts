import type { Answer } from '../shared/exchange.ts'
import { DataverseError } from './dataverse-error.ts'

/** Service protection of one user on one web server. */
export interface ServiceLimits {
  /** Requests in the window. Default 6000. */
  readonly requests: number
  /** Length of the sliding window. Default 300,000. */
  readonly windowMs: number
  /** Execution time of all requests in the window. Default 1,200,000. */
  readonly executionMs: number
  /** Requests at the same time; this many are allowed. Default 52. */
  readonly concurrent: number
  /** What one operation is taken to cost of the execution time. Default 20. */
  readonly operationMs: number
}

export const defaultLimits: ServiceLimits = {
  requests: 6000,
  windowMs: 300_000,
  executionMs: 1_200_000,
  concurrent: 52,
  operationMs: 20,
}

interface Spent {
  readonly atMs: number
  readonly costMs: number
}

interface Window {
  spent: Spent[]
  executionMs: number
  /** Refusals since the last accepted request: whoever keeps knocking waits longer. */
  refusals: number
}

export interface Throttle {
  /** Counts a request in, or throws one of the three 429s. `operations`: parts of a batch, else 1. */
  admit(userId: string, nowMs: number, inFlight: number, operations: number): void
  /** What is left, as headers of every answer. */
  remaining(userId: string): NonNullable<Answer['headers']>
}

const refused = (code: string, name: string, message: string, seconds: number): DataverseError =>
  new DataverseError(429, code, name, message, { 'retry-after': String(seconds) })

/**
 * The sliding window that every user has. Source:
 * https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
 */
export function createThrottle(limits: ServiceLimits): Throttle {
  const windows = new Map<string, Window>()
  const windowOf = (userId: string): Window => {
    const known = windows.get(userId) ?? { spent: [], executionMs: 0, refusals: 0 }
    windows.set(userId, known)
    return known
  }

  const expire = (window: Window, nowMs: number): void => {
    const alive = window.spent.findIndex(({ atMs }) => atMs > nowMs - limits.windowMs)
    const gone = window.spent.splice(0, alive < 0 ? window.spent.length : alive)
    for (const { costMs } of gone) window.executionMs -= costMs
  }

  const secondsUntilRoom = (window: Window, nowMs: number): number => {
    const oldest = window.spent[0]?.atMs ?? nowMs
    return Math.max(1, Math.ceil((oldest + limits.windowMs - nowMs) / 1000)) + window.refusals
  }

  return {
    admit(userId, nowMs, inFlight, operations) {
      const window = windowOf(userId)
      expire(window, nowMs)
      const refuse = (code: string, name: string, message: string, seconds: number): never => {
        window.refusals += 1
        throw refused(code, name, message, seconds)
      }
      const seconds = limits.windowMs / 1000
      if (inFlight > limits.concurrent) {
        refuse(
          '0x80072326',
          'ThrottlingConcurrencyLimitExceededError',
          `Number of concurrent requests exceeded the limit of ${limits.concurrent}.`,
          1,
        )
      }
      if (window.spent.length >= limits.requests) {
        refuse(
          '0x80072322',
          'ThrottlingBurstRequestLimitExceededError',
          `Number of requests exceeded the limit of ${limits.requests} over time window of ${seconds} seconds.`,
          secondsUntilRoom(window, nowMs),
        )
      }
      if (window.executionMs >= limits.executionMs) {
        const total = limits.executionMs.toLocaleString('en-US')
        refuse(
          '0x80072321',
          'ThrottlingTimeExceededError',
          `Combined execution time of incoming requests exceeded limit of ${total} milliseconds over time window of ${seconds} seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
          secondsUntilRoom(window, nowMs),
        )
      }
      const costMs = operations * limits.operationMs
      window.refusals = 0
      window.executionMs += costMs
      window.spent.push({ atMs: nowMs, costMs })
    },
    remaining(userId) {
      const window = windowOf(userId)
      return {
        'x-ms-ratelimit-burst-remaining-xrm-requests': String(limits.requests - window.spent.length),
        'x-ms-ratelimit-time-remaining-xrm-requests': String(
          (limits.executionMs - window.executionMs) / 1000,
        ),
      }
    },
  }
}
