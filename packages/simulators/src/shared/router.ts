import type { Answer, SimulatorRequest } from './exchange.ts'

/** What a route's handler gets: the request and the values of the `:names` in its pattern, decoded. */
interface RouteContext {
  readonly request: SimulatorRequest
  readonly params: Readonly<Record<string, string>>
}

export interface Route {
  /** Name for counters, faults and logs: `contacts.list`. */
  readonly operation: string
  readonly method: string
  /** Path with `:name` for one segment: `/api/3/contacts/:id`. */
  readonly path: string
  readonly handle: (context: RouteContext) => Answer | Promise<Answer>
}

/** A request that found its handler. */
export interface Resolved {
  readonly operation: string
  readonly run: () => Answer | Promise<Answer>
}

const compile = (path: string): RegExp =>
  new RegExp(
    `^${path.replaceAll(/[.()*+?^$|[\]\\]/g, String.raw`\$&`).replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`,
  )

/**
 * Turns a route table into the question "who handles this?". The first route that fits wins, so literal paths go
 * before paths with parameters. `undefined`: no such path; the service decides what that looks like.
 */
export function createRouter(routes: readonly Route[]): (request: SimulatorRequest) => Resolved | undefined {
  const compiled = routes.map((route) => ({ route, pattern: compile(route.path) }))
  return (request) => {
    for (const { route, pattern } of compiled) {
      if (route.method !== request.method) continue
      const match = pattern.exec(request.url.pathname)
      if (match === null) continue
      const params = Object.fromEntries(
        Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      )
      return { operation: route.operation, run: () => route.handle({ request, params }) }
    }
    return undefined
  }
}
