/** One request or response inside a batch. */
export interface HttpPart {
  /** `POST /api/data/v9.2/tasks HTTP/1.1` or `HTTP/1.1 204 No Content`. */
  readonly start: string
  readonly headers: Headers
  readonly body: string
}

/** A batch is a list of requests and of change sets. */
export type BatchPart = HttpPart | { readonly changeSet: readonly HttpPart[] }

/** Takes a multipart body apart. Its first line names its boundary. */
export function parseBatch(text: string): readonly BatchPart[] {
  return sections(text).map((section): BatchPart => {
    const { headers, rest } = headersOf(section)
    const isSet = headers.get('content-type')?.startsWith('multipart/') ?? false
    return isSet
      ? { changeSet: sections(rest).map((inner) => httpPart(headersOf(inner).rest)) }
      : httpPart(rest)
  })
}

/** The answers of a batch in a row, those of change sets among them. */
export function answersIn(part: BatchPart): readonly HttpPart[] {
  return 'changeSet' in part ? part.changeSet : [part]
}

/** The status of an answer. */
export function statusOf({ start }: HttpPart): number {
  return Number(start.split(' ')[1])
}

function sections(text: string): string[] {
  const boundary = /^\s*--([^\r\n]+)/.exec(text)?.[1]
  if (boundary === undefined) return []
  return text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((section) => section.replace(/^\r?\n/, ''))
}

function httpPart(text: string): HttpPart {
  const [start = ''] = text.split(/\r?\n/, 1)
  const { headers, rest } = headersOf(text.slice(start.length).replace(/^\r?\n/, ''))
  return { start, headers, body: rest.trim() }
}

function headersOf(text: string): { readonly headers: Headers; readonly rest: string } {
  const end = /\r?\n\r?\n/.exec(text)
  const head = end === null ? text : text.slice(0, end.index)
  const headers = new Headers()
  for (const line of head.split(/\r?\n/)) {
    const [, name, value] = /^([\w.-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined) headers.append(name, value ?? '')
  }
  return { headers, rest: end === null ? '' : text.slice(end.index + end[0].length) }
}
