/** One attempt's answer, its body read. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Uint8Array
  readonly url: string
}

const requestIdHeaders = ['x-ms-service-request-id', 'req_id', 'x-request-id']

/** The server's own id of a request: Dataverse's, Dataverse's inside a batch, ActiveCampaign's. */
export const requestIdOf = (headers: Headers): string | undefined =>
  requestIdHeaders.map((name) => headers.get(name)).find((id) => id !== null) ?? undefined

/** UTF-8 without byte order mark; what is not valid UTF-8 shows as U+FFFD and is said to be so. */
export const decodeText = (bytes: Uint8Array): { readonly text: string; readonly valid: boolean } => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), valid: true }
  } catch {
    return { text: new TextDecoder().decode(bytes), valid: false }
  }
}

/** The body of an error: JSON if it is JSON, else its text, undefined when empty. */
export const errorBody = (answer: Answer): unknown => {
  const { text } = decodeText(answer.bytes)
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
