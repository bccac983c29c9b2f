import { createHash } from 'node:crypto'

/** SHA-256 of a text, as lower-case hexadecimal: Node's own takes a tenth of the time of one in JavaScript. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
