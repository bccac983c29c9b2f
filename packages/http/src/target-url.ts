import { ForeignOriginError } from './errors/foreign-origin-error.ts'
import type { HttpRequest, Query } from './http-client.ts'

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Checks and normalises a configured base URL. @throws TypeError */
export const parseBaseUrl = (baseUrl: string, allowInsecureHttp: boolean): URL => {
  if (!URL.canParse(baseUrl)) throw new TypeError('baseUrl is not an absolute URL')
  const url = new URL(baseUrl)
  if (url.username !== '' || url.password !== '') throw new TypeError('baseUrl must not contain credentials')
  if (url.search !== '' || url.hash !== '') throw new TypeError('baseUrl must have no query and no fragment')
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))
  if (!safe && !(allowInsecureHttp && url.protocol === 'http:')) {
    throw new TypeError(
      `baseUrl must be https, not ${url.protocol}//${url.host} (set allowInsecureHttp to send in the clear)`,
    )
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

// Spaces become %20, since a `+` means a space to some servers only.
const encode = (text: string): string =>
  new URLSearchParams([['', text]]).toString().slice(1).replaceAll('+', '%20')

// OData's `$filter` and ActiveCampaign's `filters[email]` stay readable, as both vendors write them.
const readable: Readonly<Record<string, string>> = { '%24': '$', '%40': '@', '%5B': '[', '%5D': ']' }
const encodeKey = (key: string): string =>
  encode(key).replaceAll(/%(?:24|40|5B|5D)/g, (code) => readable[code] ?? code)

const encodeQuery = (query: Query): string =>
  Object.entries(query)
    .flatMap(([key, value]) => {
      const values = value === undefined ? [] : typeof value === 'object' ? value : [value]
      return values.map((each) => `${encodeKey(key)}=${encode(String(each))}`)
    })
    .join('&')

/** Resolves a link against the base. @throws ForeignOriginError when it leads to another origin */
export const resolveTarget = (request: HttpRequest, link: string, base: URL): URL => {
  const url = URL.canParse(link, base.href) ? new URL(link, base.href) : undefined
  const clean = url?.username === '' && url.password === ''
  if (url === undefined || url.origin !== base.origin || !clean) {
    const where = url === undefined ? 'is not a URL' : `leads to ${url.protocol}//${url.host}`
    const what = url === undefined || clean ? where : `${where} with credentials in it`
    throw new ForeignOriginError(
      `${request.operation}: the link ${what}; nothing was sent there, only ${base.origin} may be called`,
      { operation: request.operation, method: request.method, url: url?.href ?? link },
    )
  }
  url.hash = ''
  return url
}

/** The URL of a request, with its query. @throws ForeignOriginError */
export const requestUrl = (request: HttpRequest, base: URL): URL => {
  const url = resolveTarget(request, request.url, base)
  const query = encodeQuery(request.query ?? {})
  if (query !== '') url.search = url.search === '' ? query : `${url.search}&${query}`
  return url
}
