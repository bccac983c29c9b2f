import { guidPattern } from './guid.ts'
import type { RecordKey } from './record-key.ts'
import { type Answer, unexpectedResponse } from './transport.ts'

/** What the service says of a row it created. */
export interface Created {
  readonly id: string
  /** When the service sends one without being asked for the row; use `returning` to be sure of it. */
  readonly etag: string | undefined
}

/** What the service says of a row it wrote. */
export interface Written {
  /** Undefined after a write by alternate key, as the service repeats the key: use `returning` to learn the id. */
  readonly id: string | undefined
  readonly etag: string | undefined
}

/** The GUID of an entity URL such as `.../contacts(<guid>)`; undefined for one with an alternate key. */
export const idOfEntityUrl = (url: string | null | undefined): string | undefined => {
  const key = /\(([^()]+)\)$/.exec(url ?? '')?.[1]
  return key !== undefined && guidPattern.test(key) ? key.toLowerCase() : undefined
}

const etagOf = (answer: Answer): string | undefined => answer.headers.get('etag') ?? undefined

export const createdOf = (answer: Answer): Created => {
  const id = idOfEntityUrl(answer.headers.get('odata-entityid'))
  if (id === undefined) {
    throw unexpectedResponse(answer, [
      { path: 'OData-EntityId (header)', message: 'expected the URL of the new row' },
    ])
  }
  return { id, etag: etagOf(answer) }
}

export const writtenOf = (answer: Answer, key: RecordKey): Written => ({
  id: typeof key === 'string' ? key.toLowerCase() : idOfEntityUrl(answer.headers.get('odata-entityid')),
  etag: etagOf(answer),
})
