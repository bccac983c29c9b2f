import { badRequest } from '../dataverse-error.ts'

/** Where the next page begins: after the row `last`, and how many pages came before. */
export interface SkipToken {
  readonly page: number
  readonly last: string
  /** Of a read with change tracking: the version at its first page. */
  readonly trackedVersion?: number
}

/** The cookie as the service writes it: XML in XML, encoded twice. Clients must not look inside. */
export function writeSkipToken(
  primaryId: string,
  { page, last, trackedVersion }: SkipToken,
  first: string,
): string {
  const braced = (id: string): string => `%22%7b${id.toUpperCase()}%7d%22`
  const inner = `%3ccookie%20page%3d%22${page - 1}%22%3e%3c${primaryId}%20last%3d${braced(last)}%20first%3d${braced(first)}%20%2f%3e%3c%2fcookie%3e`
  const tracking = trackedVersion === undefined ? 'False' : `True-${trackedVersion}`
  return encodeURIComponent(
    `<cookie pagenumber="${page}" pagingcookie="${inner}" istracking="${tracking}" />`,
  )
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw malformed()
  }
}

const malformed = (): Error => badRequest('Malformed XML in the Paging Cookie.')

/** Reads a cookie after the URL has been decoded once. */
export function readSkipToken(text: string): SkipToken {
  const outer = decoded(text)
  const page = /pagenumber="(\d+)"/.exec(outer)?.[1]
  const last = /last(?:%3d|=)(?:%22|")(?:%7b|\{)([\da-f-]{36})/i.exec(outer)?.[1]
  const tracked = /istracking="True-(\d+)"/.exec(outer)?.[1]
  if (page === undefined || last === undefined) {
    throw malformed()
  }
  return {
    page: Number(page),
    last: last.toLowerCase(),
    ...(tracked === undefined ? {} : { trackedVersion: Number(tracked) }),
  }
}
