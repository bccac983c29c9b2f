import type { Check, Verdict } from './verdict.ts'

/** An endpoint that conformance does not ask for, or does not ask all of, and why. */
export interface Exception {
  /** `service METHOD /pattern` as in the report; `*` stands for any characters. */
  readonly endpoint: string
  /** The checks it is about; all when left out. */
  readonly checks?: readonly Check[]
  /** Only exchanges of this status; all when left out. */
  readonly status?: number
  /** Only problems that match; all when left out. */
  readonly problem?: RegExp
  readonly reason: string
}

/** The exception that covers this problem of a verdict. */
export function exceptionFor(
  verdict: Pick<Verdict, 'endpoint' | 'check' | 'status'>,
  problem: string,
  list: readonly Exception[],
): Exception | undefined {
  return list.find(
    (exception) =>
      matches(exception.endpoint, verdict.endpoint) &&
      (exception.checks?.includes(verdict.check) ?? true) &&
      (exception.status ?? verdict.status) === verdict.status &&
      (exception.problem?.test(problem) ?? true),
  )
}

function matches(pattern: string, endpoint: string): boolean {
  const source = pattern.split('*').map(escaped).join('.*')
  return new RegExp(`^${source}$`).test(endpoint)
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
