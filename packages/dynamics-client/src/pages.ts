import * as z from 'zod'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'
import { type Answer, decodeBody, type Transport, unexpectedResponse } from './transport.ts'

const pageSchema = z.looseObject({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
  '@odata.deltaLink': z.string().nullish(),
  '@odata.count': z.int().nullish(),
})

/** One page as the service gave it. */
export interface RawPage {
  readonly values: readonly unknown[]
  readonly nextLink: string | undefined
  readonly deltaLink: string | undefined
  readonly count: number | undefined
  readonly answer: Answer
}

/**
 * Notices a chain of links that comes back to where it was, with one remembered link (Brent's algorithm), however long
 * the chain.
 */
const createLoopGuard = () => {
  let remembered: string | undefined
  let steps = 0
  let limit = 1
  return (link: string): boolean => {
    if (link === remembered) return true
    steps += 1
    if (steps === limit) {
      remembered = link
      steps = 0
      limit *= 2
    }
    return false
  }
}

/** The request for a page that a link leads to: links are opaque, and want the same preferences as the first page. */
export const followLink = (first: PreparedRequest, link: string): PreparedRequest => {
  const { query: _, ...request } = first
  return { ...request, path: link }
}

/** Follows next links to the end. @throws UnexpectedResponseError when they lead in a circle */
export async function* readPages(
  transport: Transport,
  first: PreparedRequest,
  options: CallOptions,
): AsyncGenerator<RawPage, void, undefined> {
  const seenBefore = createLoopGuard()
  let request = first
  for (;;) {
    const answer = await transport.send(request, options)
    const body = decodeBody(answer, pageSchema)
    const nextLink = body['@odata.nextLink'] ?? undefined
    if (nextLink !== undefined && (nextLink === request.path || seenBefore(nextLink))) {
      throw unexpectedResponse(answer, [{ path: '@odata.nextLink', message: 'leads to a page already read' }])
    }
    yield {
      values: body.value,
      nextLink,
      deltaLink: body['@odata.deltaLink'] ?? undefined,
      count: body['@odata.count'] ?? undefined,
      answer,
    }
    if (nextLink === undefined) return
    request = followLink(first, nextLink)
  }
}
