// https://developers.activecampaign.com/reference/bulk-import-contacts
const maxContacts = 250
const maxBytes = 399_999

const encoder = new TextEncoder()

/** Bytes of a value as JSON in a request. */
export const jsonBytes = (value: unknown): number => encoder.encode(JSON.stringify(value)).length

/** A contact on its way: its place in the input, what goes out, and how long that is. */
export interface Pending {
  readonly index: number
  readonly contact: { readonly email: string }
  readonly bytes: number
}

/** Contacts of one request: at most 250, and no more bytes than the service takes. */
export type Chunk = readonly Pending[]

/** Does a contact fit into a request at all? */
export const fits = (pending: Pending, frameBytes: number): boolean => pending.bytes + frameBytes <= maxBytes

/**
 * Groups contacts into requests, in their order, each as full as the limits allow.
 *
 * @param frameBytes bytes of a request without contacts
 */
export async function* chunksOf(pending: AsyncIterable<Pending>, frameBytes: number): AsyncGenerator<Chunk> {
  let chunk: Pending[] = []
  let bytes = frameBytes
  for await (const next of pending) {
    // One more for the comma.
    const withNext = bytes + next.bytes + (chunk.length > 0 ? 1 : 0)
    if (chunk.length === maxContacts || withNext > maxBytes) {
      yield chunk
      chunk = [next]
      bytes = frameBytes + next.bytes
    } else {
      chunk.push(next)
      bytes = withNext
    }
  }
  if (chunk.length > 0) yield chunk
}
