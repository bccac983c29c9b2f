import { InvalidArgumentError } from '../errors/invalid-argument-error.ts'
import type { PreparedRequest } from '../prepared-request.ts'
import type { BatchItem, ChangeSet } from './change-set.ts'

/** What every part needs to know of the client. */
export interface PartContext {
  /** `https://contoso.crm4.dynamics.com/api/data/v9.2` */
  readonly apiUrl: string
  /** Headers that say who acts: parts do not inherit those of the batch. */
  readonly identity: Readonly<Record<string, string>>
}

export interface BatchBody {
  readonly boundary: string
  readonly text: string
}

/** Lone line feeds break the service's parser: https://github.com/AleksandrRogov/DynamicsWebApi/issues/183 */
const crlf = '\r\n'

export const isChangeSet = (item: BatchItem): item is ChangeSet => 'changeSet' in item

const queryText = (query: PreparedRequest['query'] = {}): string =>
  Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .flatMap(([key, value]) => [value].flat().map((each) => `${key}=${encodeURIComponent(String(each))}`))
    .join('&')

const partUrl = ({ path, query }: PreparedRequest, apiUrl: string): string => {
  // The result of an earlier request of the change set.
  if (/^\$\d+(\/|$)/.test(path)) return path
  const base = new URL(`${apiUrl}/`)
  const url = new URL(path, base)
  if (url.origin !== base.origin) throw new InvalidArgumentError(`A batch stays within ${base.origin}.`)
  const added = queryText(query)
  if (added !== '') url.search = url.search === '' ? added : `${url.search}&${added}`
  return `${url.pathname}${url.search}`
}

const headerLines = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).map(([name, value]) => {
    if (/[\r\n]/.test(`${name}${value}`)) {
      throw new InvalidArgumentError(`Header '${name}' has a line break.`)
    }
    return `${name}: ${value}`
  })

const requestPart = (
  request: PreparedRequest,
  contentId: number | undefined,
  context: PartContext,
): string => {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body)
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
    '',
    `${request.method} ${partUrl(request, context.apiUrl)} HTTP/1.1`,
    ...headerLines({
      Accept: 'application/json',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json;type=entry' }),
      ...context.identity,
      ...request.headers,
    }),
    '',
    // Even a part without a body ends with an empty line.
    body ?? '',
  ].join(crlf)
}

/** Parts between delimiters, with a boundary that occurs in none of them: no chance is needed for that. */
const multipart = (name: string, parts: readonly string[]): BatchBody => {
  let boundary = name
  for (let attempt = 1; parts.some((part) => part.includes(boundary)); attempt += 1) {
    boundary = `${name}_${attempt}`
  }
  const delimited = parts.map((part) => `--${boundary}${crlf}${part}${crlf}`)
  return { boundary, text: `${delimited.join('')}--${boundary}--${crlf}` }
}

const changeSetPart = ({ changeSet }: ChangeSet, context: PartContext): string => {
  if (changeSet.some((request) => request.method === 'GET')) {
    throw new InvalidArgumentError('A change set cannot contain a GET.')
  }
  const { boundary, text } = multipart(
    'changeset',
    changeSet.map((request, index) => requestPart(request, index + 1, context)),
  )
  return `Content-Type: multipart/mixed;boundary="${boundary}"${crlf}${crlf}${text}`
}

/** The body of a `$batch` request. */
export const buildBatch = (items: readonly BatchItem[], context: PartContext): BatchBody =>
  multipart(
    'batch',
    items.map((item) =>
      isChangeSet(item) ? changeSetPart(item, context) : requestPart(item, undefined, context),
    ),
  )
