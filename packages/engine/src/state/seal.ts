import { hkdfSync } from 'node:crypto'
import { aessiv } from '@noble/ciphers/aes.js'
import { StateKeyError } from '../errors/state-key-error.ts'

/** How values are written to the database and read back. `place` is the column: a value moved to another one does not open. */
export interface Seal {
  readonly close: (place: string, text: string) => string
  readonly open: (place: string, text: string) => string
}

/** Keeps what the state has of people from those who can read the database. */
export interface SealingOptions {
  /**
   * A secret of 32 characters or more. With it every value is stored encrypted: fields, tags, keys, the base, the journal.
   * It can neither be changed nor taken away nor given later: the state begins empty then.
   */
  readonly sealingKey?: string
}

const mark = 'sealed:1:'

/** Values as they are. What was sealed is not taken for a value. */
export const openSeal: Seal = {
  close: (_, text) => text,
  open: (_, text) => {
    if (text.startsWith(mark)) throw new StateKeyError()
    return text
  },
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/**
 * Values as ciphertext: AES-SIV (RFC 5297) under a key of each tenant's own. The same text in the same column always gives
 * the same ciphertext, so that equal values and keys of matching are found equal in the database, and nothing else of them
 * is seen but their length.
 */
export const sealWith = (secret: string, tenant: string): Seal => {
  const key = new Uint8Array(hkdfSync('sha256', secret, tenant, 'dynacamp state', 64))
  return {
    close: (place, text) =>
      mark + Buffer.from(aessiv(key, encode(place)).encrypt(encode(text))).toString('base64'),
    open: (place, text) => {
      if (!text.startsWith(mark)) throw new StateKeyError()
      const sealed = new Uint8Array(Buffer.from(text.slice(mark.length), 'base64'))
      try {
        return new TextDecoder().decode(aessiv(key, encode(place)).decrypt(sealed))
      } catch {
        throw new StateKeyError()
      }
    },
  }
}
