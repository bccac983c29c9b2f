/** What is asked of an exchange: the client decodes it, the client can send it, the simulator answers it alike. */
export const checks = ['decode', 'request', 'simulate'] as const
export type Check = (typeof checks)[number]

/** How one exchange did in one check. No problems: it holds. */
export interface Verdict {
  readonly file: string
  readonly endpoint: string
  readonly status: number
  readonly check: Check
  readonly problems: readonly string[]
}
