import { createHash, timingSafeEqual } from 'node:crypto'
import { WebhookRefusal } from './webhook-handler.ts'

const shortest = 16

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * Checks what a call brings against the secrets, in a time that depends on neither: digests have one length, and every
 * secret is compared whatever the others said.
 *
 * @throws TypeError when a secret is short enough to be guessed
 */
export const secretCheck = (secret: string | readonly string[]): ((request: Request) => void) => {
  const secrets = typeof secret === 'string' ? [secret] : secret
  if (secrets.length === 0 || secrets.some((one) => one.length < shortest))
    throw new TypeError(`The secret of a webhook has ${shortest} characters at least: make a random one.`)
  const known = secrets.map(digest)
  return (request) => {
    const brought = [new URL(request.url).searchParams.get('code'), request.headers.get('x-webhook-key')]
    const matches = brought.flatMap((text) => known.map((one) => timingSafeEqual(one, digest(text ?? ''))))
    if (!matches.includes(true))
      throw new WebhookRefusal(
        401,
        'wrong-secret',
        'The call does not bring the secret: ?code= or x-webhook-key.',
      )
  }
}
