const secretKeys =
  /^(api[-_]?key|api[-_]?token|access[-_]?token|refresh[-_]?token|id[-_]?token|token|client[-_]?secret|client[-_]?assertion|secret|password|pass|pwd|code|sig|signature|key)$/i
// A Dataverse paging cookie repeats values of the last row of the page.
const opaqueKeys = /^(\$skiptoken|pagingcookie)$/i

// No delimiter between words of a URL, raw or percent-encoded: space " ( ) , ; < >
const wordCharacter = `(?:[^\\s/?&=#"(),;<>%]|%(?!20|22|28|29|2C|3B|3C|3E))`
const annotation =
  '(?:odata\\.(?:bind|context|count|deltalink|editlink|etag|id|nextlink|type)|microsoft\\.dynamics\\.crm\\.\\w+)(?![\\w.-])'
// Bounded, since without the bound a long text without any @ takes quadratic time. A name has 64 octets,
// some of them percent-encoded.
// A name is not required: names may contain delimiters, and a domain alone still says who. Not an address:
// `primarycontactid@odata.bind`, `@Microsoft.Dynamics.CRM.totalrecordcount`, the alias `@p1`.
const emails = new RegExp(
  `${wordCharacter}{0,128}(?:@|%(?:25)*40)(?!${annotation})(?=[^\\s/?&=#"'(),;<>%@]*\\.)(?:(?!%27)[^\\s/?&=#"'(),;<>])+`,
  'gi',
)

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const redactParameter = (parameter: string): string => {
  const equals = parameter.indexOf('=')
  if (equals < 0) return parameter
  const name = parameter.slice(0, equals)
  const key = decoded(name)
  return secretKeys.test(key) || opaqueKeys.test(key) ? `${name}=***` : parameter
}

/**
 * Replaces e-mail addresses, raw or percent-encoded, in any text.
 *
 * @example
 * ```ts
 * redactEmails('duplicate of ada@example.com') // 'duplicate of ***@***'
 * ```
 */
export const redactEmails = (text: string): string => text.replace(emails, '***@***')

/**
 * A URL fit for logs and errors: no user info, no fragment, no secret parameter, no paging cookie, no
 * e-mail address (raw or percent-encoded, in the path or the query).
 *
 * @example
 * ```ts
 * redactUrl('https://example.com/contacts?email=ada%40example.com&api_key=k')
 * // 'https://example.com/contacts?email=***@***&api_key=***'
 * ```
 */
export const redactUrl = (url: string): string => {
  const withoutFragment = url.split('#', 1)[0] ?? ''
  const withoutUser = withoutFragment.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/?#]*@/i, '$1//')
  const [path = '', ...rest] = withoutUser.split('?')
  const query = rest.join('?')
  const shown = query === '' ? path : `${path}?${query.split('&').map(redactParameter).join('&')}`
  return redactEmails(shown)
}

/** Any text with the URLs in it as `redactUrl` shows them, and without e-mail addresses. */
export const redactText = (text: string): string =>
  redactEmails(text.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, redactUrl))
