import { WebhookRefusal } from './webhook-handler.ts'

/** Dataverse leaves parameters out above 256 KB; a contact's form stays far below. */
const maxBytes = 512 * 1024

const tooLarge = (): WebhookRefusal =>
  new WebhookRefusal(413, 'too-large', `The body has more than ${maxBytes} bytes.`)

/** The body as text. No more of it than the limit is ever held. */
export const readBody = async (request: Request): Promise<string> => {
  if (Number(request.headers.get('content-length')) > maxBytes) throw tooLarge()
  const reader = request.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel()
      throw tooLarge()
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}
