/** The answer to one request of a batch. */
export interface PartAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly contentId: string | undefined
}

/** A part of the answer: to a request, or to a change set that succeeded. */
export type BatchPart = PartAnswer | { readonly changeSet: readonly PartAnswer[] }

/** A text that is no answer to a batch, such as one that was cut short. */
class BatchSyntaxError extends Error {
  override readonly name = 'BatchSyntaxError'
}

const regExpCharacters = /[.*+?^${}()|[\]\\]/g
const emptyLine = /\r?\n\r?\n/
const lineEnd = /\r?\n/

interface Section {
  readonly headers: Headers
  readonly body: string
}

const parseHeaders = (lines: readonly string[]): Headers => {
  const headers = new Headers()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon).trim(), line.slice(colon + 1).trim())
  }
  return headers
}

/** Header lines, an empty line, the rest. */
const parseSection = (text: string): Section => {
  const [head = ''] = text.split(emptyLine, 1)
  const gap = emptyLine.exec(text)
  return {
    headers: parseHeaders(head.split(lineEnd)),
    body: gap === null ? '' : text.slice(gap.index + gap[0].length),
  }
}

const boundaryOf = (contentType: string | null): string | undefined =>
  /boundary="?([^";,\s]+)"?/i.exec(contentType ?? '')?.[1]

/** The texts between the delimiters of RFC 2046; what stands before the first and after the last is no part. */
const splitMultipart = (text: string, boundary: string): readonly string[] => {
  const delimiter = new RegExp(
    `\\r?\\n--${boundary.replaceAll(regExpCharacters, '\\$&')}(--)?[ \\t]*(?=\\r?\\n|$)`,
    'g',
  )
  const padded = `\n${text}`
  const marks = [...padded.matchAll(delimiter)]
  const closing = marks.findIndex((mark) => mark[1] === '--')
  if (closing < 0) throw new BatchSyntaxError('the closing delimiter is missing')
  return marks
    .slice(0, closing)
    .map((mark, index) =>
      padded.slice(mark.index + mark[0].length, marks[index + 1]?.index).replace(lineEnd, ''),
    )
}

const parseHttp = ({ headers: outer, body }: Section): PartAnswer => {
  const [, status, rest] = /^\s*HTTP\/\d(?:\.\d)? (\d{3})[^\n]*\n?([\s\S]*)$/.exec(body) ?? []
  if (status === undefined) throw new BatchSyntaxError('a part has no status line')
  // Without headers the empty line follows the status line at once.
  const { headers, body: text } = parseSection(/^\r?\n/.test(rest ?? '') ? `\n${rest}` : (rest ?? ''))
  const contentId = outer.get('content-id') ?? headers.get('content-id') ?? undefined
  return { status: Number(status), headers, text: text.trim(), contentId }
}

const parsePart = (text: string): BatchPart => {
  const section = parseSection(text)
  const boundary = boundaryOf(section.headers.get('content-type'))
  if (boundary === undefined) return parseHttp(section)
  return { changeSet: splitMultipart(section.body, boundary).map((part) => parseHttp(parseSection(part))) }
}

/**
 * Parses the answer to a `$batch`. The boundary is taken from the header, or from the first line where a gateway has
 * dropped the header.
 *
 * @throws BatchSyntaxError
 */
export const parseBatch = (text: string, contentType: string | null): readonly BatchPart[] => {
  const boundary = boundaryOf(contentType) ?? /^\s*--(\S+)/.exec(text)?.[1]
  if (boundary === undefined) throw new BatchSyntaxError('there is no boundary')
  return splitMultipart(text, boundary).map(parsePart)
}
