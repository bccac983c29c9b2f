import { DataverseError } from '../dataverse-error.ts'

/** One operation inside a batch. */
export interface BatchPart {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly contentId: string | undefined
}

/** A single operation, or a changeset of several. */
export type BatchItem = BatchPart | { readonly changeset: readonly BatchPart[] }

const unreadable = (): DataverseError =>
  new DataverseError(
    400,
    '0x80048d19',
    'InvalidPayload',
    "Error identified in Payload provided by the user for Entity :'', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Stream was not readable.",
  )

const boundaryOf = (contentType: string | null): string => {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw unreadable()
  return boundary
}

/** Cuts a multipart body at its boundary. Every line ends with CRLF; a lone LF makes the stream unreadable. */
function cut(body: string, boundary: string): readonly string[] {
  const text = body.startsWith('\r\n') ? body : `\r\n${body}`
  const [, ...pieces] = text.split(`\r\n--${boundary}`)
  const end = pieces.findIndex((piece) => piece.startsWith('--'))
  if (end < 0) throw unreadable()
  return pieces.slice(0, end).map((piece) => {
    if (!piece.startsWith('\r\n')) throw unreadable()
    return piece.slice(2)
  })
}

const parseHeaders = (text: string): Headers => {
  const headers = new Headers()
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trim()
    if (/^[\w-]+$/.test(name)) headers.append(name, line.slice(colon + 1).trim())
    else if (line.includes('\n')) throw unreadable()
  }
  return headers
}

const split = (text: string): readonly [head: string, body: string] => {
  const blank = text.indexOf('\r\n\r\n')
  return blank < 0 ? [text, ''] : [text.slice(0, blank), text.slice(blank + 4)]
}

function parsePart(text: string): BatchPart {
  const [mime, http] = split(text)
  const [head, body] = split(http)
  const newline = head.indexOf('\r\n')
  const requestLine = newline < 0 ? head : head.slice(0, newline)
  const [, method, url] = /^([A-Z]+) (.+?) HTTP\/1\.1$/.exec(requestLine.trim()) ?? []
  if (method === undefined || url === undefined) throw unreadable()
  return {
    method,
    url,
    headers: parseHeaders(newline < 0 ? '' : head.slice(newline + 2)),
    body: body.replace(/(?:\r\n)+$/, ''),
    contentId: parseHeaders(mime).get('content-id') ?? undefined,
  }
}

/** Parses the body of a `$batch`. */
export function parseBatch(body: string, contentType: string | null): readonly BatchItem[] {
  return cut(body, boundaryOf(contentType)).map((piece) => {
    const [mime, inner] = split(piece)
    const type = parseHeaders(mime).get('content-type')
    if (type?.startsWith('multipart/mixed') !== true) return parsePart(piece)
    return { changeset: cut(inner, boundaryOf(type)).map(parsePart) }
  })
}
