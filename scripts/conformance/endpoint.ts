import type { Exchange } from './exchange.ts'

/** Which service an exchange belongs to, and which of its endpoints: a method and a path with its ids left open. */
export interface Endpoint {
  readonly service: 'dynamics' | 'activecampaign'
  readonly method: string
  /** The path below the API's root, without ids: `/contacts/{id}/fieldValues`, `/accounts({id})/name`. */
  readonly pattern: string
  /** The path below the API's root as recorded. */
  readonly path: string
  /** `method pattern`, as the report and the list of exceptions name it. */
  readonly name: string
}

class UnknownServiceError extends Error {
  override readonly name = 'UnknownServiceError'
}

const activeCampaignRoot = /^\/api\/3\//
/** Dataverse's root, below an organisation's name where the host serves several. */
const dynamicsRoot = /^(?:\/[^/]+)?\/api\/data\/v[\d.]+\//

export function endpointOf({ request }: Pick<Exchange, 'request'>): Endpoint {
  const service = serviceOf(request.path)
  const path = `/${request.path.replace(service === 'dynamics' ? dynamicsRoot : activeCampaignRoot, '')}`
  const pattern = service === 'dynamics' ? dynamicsPattern(path) : activeCampaignPattern(path)
  return { service, method: request.method, pattern, path, name: `${request.method} ${pattern}` }
}

function serviceOf(path: string): Endpoint['service'] {
  if (activeCampaignRoot.test(path)) return 'activecampaign'
  if (dynamicsRoot.test(path)) return 'dynamics'
  throw new UnknownServiceError(`no service is known for the path ${path}`)
}

/** `accounts(<guid>)` and `records(key1=2,key2=2)` become `accounts({id})` and `records({key})`; functions keep their name. */
function dynamicsPattern(path: string): string {
  return path
    .replaceAll(/\([0-9a-f]{8}-[0-9a-f-]{27}\)/gi, '({id})')
    .replaceAll(/\(([^(){}]+)\)/g, (_, inside: string) =>
      inside.includes('@') ? '({parameters})' : '({key})',
    )
}

const guid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/i
/** Words of ActiveCampaign's paths that are followed by a key. */
const keyed = new Set(['external', 'email', 'username', 'fields'])

function activeCampaignPattern(path: string): string {
  const segments = path.split('/').slice(1)
  const isId = (segment: string, index: number) =>
    /^\d*$|\s/.test(segment) ||
    /^\{.*\}$/.test(segment) ||
    guid.test(segment) ||
    keyed.has(segments[index - 1] ?? '')
  return `/${segments.map((segment, index) => (isId(segment, index) ? '{id}' : segment)).join('/')}`
}
