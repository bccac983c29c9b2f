import type { Answer, SimulatorRequest } from '../shared/exchange.ts'
import type { Resolved } from '../shared/router.ts'
import type { BatchPart } from './batch/multipart.ts'
import { runBatch } from './batch/run-batch.ts'
import { type Call, errorAnswer, parsePrefer } from './call.ts'
import { badRequest, DataverseError } from './dataverse-error.ts'
import { dispatch, operationName } from './dispatch.ts'
import type { Environment } from './environment.ts'
import { parseOptions, parseSegments, type Segment } from './odata/url.ts'
import { authenticate } from './security/authenticate.ts'
import type { TokenService } from './security/tokens.ts'
import type { Throttle } from './service-limits.ts'
import type { WriteCall } from './write/requests.ts'

export interface GatewayOptions {
  readonly environment: Environment
  readonly tokens: TokenService
  readonly throttle: Throttle
  /** Where people sign in, for the challenge of a 401. */
  readonly authority: string
}

const apiRoot = /^((?:\/[^/]+)?\/api\/data\/v\d+\.\d+)(\/.*)?$/
const urlLimit = 32_768
const batchUrlLimit = 65_536

interface Located {
  /** Origin and API root: `https://org.crm4.dynamics.com/api/data/v9.2`. */
  readonly root: string
  /** Below the root, still encoded. */
  readonly path: string
  readonly search: string
}

/** Takes requests apart, finds out who calls, keeps the limits, and turns what is thrown into answers. */
export function createGateway(
  options: GatewayOptions,
): (request: SimulatorRequest, inFlight: number) => Resolved {
  const { environment, tokens, throttle } = options

  const callAt = (
    located: Located,
    request: Pick<SimulatorRequest, 'method' | 'headers' | 'body' | 'origin'>,
  ): WriteCall => ({
    environment,
    caller: authenticate(
      environment,
      tokens,
      request.headers,
      `Bearer authorization_uri=${options.authority}/oauth2/authorize, resource_id=${request.origin}/`,
    ),
    method: request.method,
    segments: parseSegments(located.path),
    options: parseOptions(located.search),
    headers: request.headers,
    prefer: parsePrefer(request.headers.get('prefer')),
    body: request.body,
    root: located.root,
    url: `${located.root}${located.path}${located.search}`,
  })

  const throttlesParts = environment.behaviour.batchThrottling === 'parts'
  /** Limits count for the one who really calls, whoever is impersonated. */
  const admit = (call: Call, inFlight: number, operations: number): void => {
    throttle.admit(
      call.caller.onBehalfOf ?? call.caller.userId,
      environment.clock.now(),
      inFlight,
      operations,
    )
  }

  const answerError = (error: unknown, headers: Headers): Answer => {
    if (!(error instanceof DataverseError)) throw error
    return errorAnswer(error, parsePrefer(headers.get('prefer')), environment.random.guid())
  }

  /** A part of a batch has headers of its own, preferences and impersonation too; only the sign-in is shared. */
  const performPart =
    (outer: Call, root: string, origin: string) =>
    (part: BatchPart, resolveContentId: (reference: string) => string): Answer => {
      if (part.url.length > batchUrlLimit) throw badRequest('The request URI is too long.')
      const headers = new Headers(part.headers)
      headers.set('authorization', outer.headers.get('authorization') ?? '')
      const reference = /^(?:https?:\/\/[^/]+)?(?:\/api\/data\/v\d+\.\d+)?\/?(\$[^/$][^$]*)$/.exec(
        part.url,
      )?.[1]
      const isReference = reference !== undefined && !reference.startsWith('$metadata')
      const url = isReference ? resolveContentId(reference) : part.url
      const call = callAt(locatePart(url, root), { method: part.method, headers, body: part.body, origin })
      if (throttlesParts) admit(call, 1, 1)
      return dispatch({ ...call, resolveContentId })
    }

  return (request, inFlight) => {
    const { pathname, search, href } = request.url
    if (pathname.endsWith('/oauth2/v2.0/token'))
      return { operation: 'token', run: () => tokens.issue(request) }
    const [, root, path = ''] = apiRoot.exec(pathname) ?? []
    if (root === undefined) return { operation: 'unknown', run: () => notFound }
    const run = (): Answer => {
      try {
        if (href.length > urlLimit) throw new DataverseError(414, '', '', 'The request URI is too long.')
        const call = callAt({ root: `${request.origin}${root}`, path, search }, request)
        const isBatch = call.segments[0]?.name === '$batch'
        const operations = countOperations(call)
        if (!isBatch || !throttlesParts) admit(call, inFlight, operations)
        const answer = isBatch
          ? runBatch(call, performPart(call, call.root, request.origin), (error, part) =>
              answerError(error, part.headers),
            )
          : dispatch(call)
        return { ...answer, headers: { ...serverHeaders(call), ...answer.headers } }
      } catch (error) {
        return answerError(error, request.headers)
      }
    }
    return { operation: nameOf(request.method, path), run }
  }

  function serverHeaders(call: Call): Readonly<Record<string, string>> {
    return {
      'x-ms-service-request-id': environment.random.guid(),
      'x-ms-dop-hint': '4',
      ...throttle.remaining(call.caller.onBehalfOf ?? call.caller.userId),
    }
  }
}

/** What a request costs of the execution time: each part of a batch and each target of a bulk message is work. */
function countOperations({ segments, body }: Call): number {
  const marker =
    segments[0]?.name === '$batch'
      ? 'HTTP/1.1'
      : segments[1]?.name.endsWith('Multiple')
        ? '@odata.type'
        : undefined
  return marker === undefined ? 1 : Math.max(1, body.split(marker).length - 1)
}

const notFound: Answer = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h2>Not Found</h2>' }

const nameOf = (method: string, path: string): string => {
  let segments: readonly Segment[] = []
  try {
    segments = parseSegments(path)
  } catch {
    // The call itself repeats the complaint; only its name is lost.
  }
  return operationName(method, segments)
}

/** Where the URL of a batch part leads: absolute, from the server's root, or from the API's. */
function locatePart(url: string, root: string): Located {
  const [withoutSearch = '', ...rest] = url.split('?')
  const search = rest.length === 0 ? '' : `?${rest.join('?')}`
  const path = withoutSearch.replace(/^https?:\/\/[^/]+/, '')
  if (!path.startsWith('/')) return { root, path: `/${path}`, search }
  const below = apiRoot.exec(path)?.[2] ?? ''
  if (!apiRoot.test(path) || below.startsWith('/api/data')) {
    throw badRequest(
      "Requested API Version 'data' was not understood. Please provide in the format /api/data/v<Major>.<Minor>/ (example: /api/data/v7.2/)",
    )
  }
  return { root, path: below, search }
}
