import type { Fields } from '@dynacamp/mapping-dsl'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { compareText } from './compare.ts'

/** SHA-256 of a text, as lower-case hexadecimal. */
export const hashText = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/**
 * Content hash of the named fields: what an executor compares with `preconditions.activeCampaignHash` before it
 * writes, as ActiveCampaign has no ETag. Missing and null are the same; the order of names does not matter.
 *
 * @example
 * hashFields({ email: 'ana@example.com', phone: '' }, ['phone', 'email'])
 */
export const hashFields = (fields: Fields, names: readonly string[]): string =>
  hashText(JSON.stringify(names.toSorted(compareText).map((name) => [name, fields[name] ?? null])))
