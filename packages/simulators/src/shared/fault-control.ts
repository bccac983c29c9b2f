import type { Answer, SimulatorRequest } from './exchange.ts'

/** Something that goes wrong with a request. */
export type Fault =
  /** The answer comes `ms` later, by the simulator's clock. */
  | { readonly kind: 'latency'; readonly ms: number }
  /** Refused before anything is done, with the service's own body. `retryAfter`: seconds, or a date as text; absent: no header. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number | string }
  /** The connection breaks without an answer, `before` the request took effect or `after`. */
  | { readonly kind: 'cut'; readonly when: 'before' | 'after' }
  /** The request takes effect, but only this share of the body arrives (0 to 1, default one half). */
  | { readonly kind: 'truncate'; readonly share?: number }
  /** The request takes effect and this changes what is answered: HTML, an empty body, a link to elsewhere. */
  | { readonly kind: 'rewrite'; readonly change: (answer: Answer) => Answer }
  /** Somebody else does something just before the request is handled. */
  | { readonly kind: 'meanwhile'; readonly run: () => void | Promise<void> }

/** Which requests a fault strikes. Everything given must hold; nothing given means every request. */
export interface RequestMatch {
  /** Name as in `calls.byOperation`. */
  readonly operation?: string
  readonly method?: string
  /** Tested against the whole URL, still encoded. */
  readonly url?: RegExp
  /** Only requests for a second or later page. */
  readonly followUpPage?: boolean
}

/** Faults on request. */
export interface FaultControl {
  /** Strikes the next matching request (or the next `times` of them), then is spent. */
  next(fault: Fault, where?: RequestMatch, times?: number): void
  /** Strikes every matching request until the returned function is called. */
  each(fault: Fault, where?: RequestMatch): () => void
  /** Runs before every second and later page is read, so that rows change while they are paged. Returns the end of it. */
  betweenPages(run: () => void | Promise<void>, where?: RequestMatch): () => void
  /** Takes all faults away. */
  clear(): void
}

interface Rule {
  readonly fault: Fault
  readonly where: RequestMatch
  left: number
}

export interface ArrivedRequest {
  readonly request: SimulatorRequest
  readonly operation: string
  readonly followUpPage: boolean
}

const strikes = (where: RequestMatch, { request, operation, followUpPage }: ArrivedRequest): boolean =>
  (where.operation === undefined || where.operation === operation) &&
  (where.method === undefined || where.method === request.method) &&
  (where.followUpPage === undefined || where.followUpPage === followUpPage) &&
  (where.url === undefined || new RegExp(where.url).test(request.url.href))

/** The control that users hold, and the question that the host asks for each request. */
export function createFaultControl(): FaultControl & {
  readonly due: (arrived: ArrivedRequest) => readonly Fault[]
} {
  const rules = new Set<Rule>()
  const add = (fault: Fault, where: RequestMatch, left: number): (() => void) => {
    const rule: Rule = { fault, where, left }
    rules.add(rule)
    return () => {
      rules.delete(rule)
    }
  }
  return {
    next: (fault, where = {}, times = 1) => {
      add(fault, where, times)
    },
    each: (fault, where = {}) => add(fault, where, Number.POSITIVE_INFINITY),
    betweenPages: (run, where = {}) =>
      add({ kind: 'meanwhile', run }, { ...where, followUpPage: true }, Number.POSITIVE_INFINITY),
    clear: () => {
      rules.clear()
    },
    due(arrived) {
      const struck = [...rules].filter((rule) => strikes(rule.where, arrived))
      for (const rule of struck) {
        rule.left -= 1
        if (rule.left <= 0) rules.delete(rule)
      }
      return struck.map((rule) => rule.fault)
    },
  }
}
