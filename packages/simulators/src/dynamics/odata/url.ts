import { badQuery, badRequest } from '../dataverse-error.ts'

/** One segment of a path: `contacts`, `contacts(<guid>)`, `WhoAmI()`, `$ref`. */
export interface Segment {
  readonly name: string
  /** What stands between the parentheses, or nothing when there are none. */
  readonly key?: string
}

/** Query options by name, decoded: `$filter`, `@p1`, `tag`. */
export type Options = Readonly<Partial<Record<string, string>>>

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw badRequest('Bad Request - Error in query syntax.')
  }
}

/** Splits at `separator` outside quotes, parentheses and brackets. */
export function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if (character === "'" || (character === '"' && depth > 0)) quote = character
    else if (character === '(' || character === '[' || character === '{') depth += 1
    else if (character === ')' || character === ']' || character === '}') depth -= 1
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

/** Takes a path apart that is already relative to the API root. */
export function parseSegments(path: string): readonly Segment[] {
  const decoded = decode(path.replaceAll('+', '%2B'))
  return splitOutside(decoded, '/')
    .filter((part) => part !== '')
    .map((part) => {
      const open = part.indexOf('(')
      if (open < 0) return { name: part }
      if (!part.endsWith(')')) throw badRequest('Bad Request - Error in query syntax.')
      return { name: part.slice(0, open), key: part.slice(open + 1, -1) }
    })
}

/** Query options, decoded. The same system option twice is an error, as are those the service does not have. */
export function parseOptions(search: string): Options {
  const options: Record<string, string> = {}
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    // Clients send the same option twice when they add theirs to a next link; the service refuses that.
    if (name.startsWith('$') && name in options) {
      throw badQuery(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      )
    }
    options[name] = equals < 0 ? '' : decode(pair.slice(equals + 1))
  }
  return options
}

const known = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$count',
  '$expand',
  '$apply',
  '$skiptoken',
  '$deltatoken',
  '$id',
])

/** Refuses system query options that Dataverse does not have. */
export function refuseUnknownOptions(options: Options): void {
  if ('$skip' in options) throw badRequest('Skip Clause is not supported in CRM')
  const unknown = Object.keys(options).find((name) => name.startsWith('$') && !known.has(name))
  if (unknown !== undefined) {
    throw badQuery(`The query parameter '${unknown}' is not supported.`)
  }
}
