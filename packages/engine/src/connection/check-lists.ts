import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { Failure } from './connection-step.ts'
import { explainActiveCampaign } from './explain-failure.ts'

/** The definition names lists that the account does not show. */
class UnknownListsError extends Error {
  override readonly name = 'UnknownListsError'
}

/**
 * Whether every list of the definition is there: opting out would take nobody off one that is not, and nothing else would tell.
 * `all` takes whatever there is.
 */
export const findLists = async (
  client: ActiveCampaignClient,
  wanted: 'all' | readonly string[],
  options: { readonly deadlineMs: number; readonly signal?: AbortSignal },
): Promise<void> => {
  const missing = new Set(wanted === 'all' ? [] : wanted)
  for await (const page of client.lists.list(options).byPage()) {
    for (const { id } of page.rows) missing.delete(id)
    if (missing.size === 0) return
  }
  if (missing.size === 0) return
  const [only, ...others] = [...missing]
  const what = others.length === 0 ? `no list ${only}` : `none of the lists ${[...missing].join(', ')}`
  throw new UnknownListsError(`ActiveCampaign shows ${what}: opting out takes nobody off there.`)
}

/** What to do where lists cannot be read, or one is not there; `refused`: what to do about a refusal. */
export const withLists =
  (refused: string) =>
  (error: unknown): Failure =>
    error instanceof UnknownListsError
      ? {
          found: error.message,
          remedy:
            'Name lists in optOut.lists by their ids, which `lists.list()` of the client shows, and let the key’s user see them.',
        }
      : explainActiveCampaign(refused)(error)
