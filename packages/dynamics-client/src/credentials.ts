import type { Clock, Fetch } from '@dynacamp/http'

/** What credentials are given when the client needs a token. */
export interface TokenRequest {
  /** Origin of the environment: the audience of the token. */
  readonly environmentUrl: string
  /** The service refused the last token: a cached one must not be handed out again. */
  readonly refresh: boolean
  readonly fetch: Fetch
  readonly clock: Clock
  /** Draws from [0, 1) for the jitter between repeats. */
  readonly random: () => number
  readonly signal?: AbortSignal
}

/** A source of bearer tokens. */
export interface Credentials {
  /**
   * Asked before each attempt, so it should cache.
   * @example
   * import type { Credentials } from '@dynacamp/dynamics-client'
   *
   * const constant = (token: string): Credentials => ({ token: async () => token })
   */
  token(request: TokenRequest): Promise<string>
}

/**
 * Credentials from a function of the host: a token of a signed-in person, a managed identity, a test's constant.
 *
 * @param token Called before each attempt; caching is yours. With `refresh: true` the last token was refused (401).
 * @example
 * import { tokenCallback } from '@dynacamp/dynamics-client'
 *
 * const signedIn = (session: { accessToken(fresh: boolean): Promise<string> }) =>
 *   tokenCallback(({ refresh }) => session.accessToken(refresh))
 */
export const tokenCallback = (token: (request: TokenRequest) => Promise<string>): Credentials => ({ token })
