import type { Fields } from '@dynacamp/mapping-dsl'
import { sha256 } from '#sha256'
import { compareText } from './compare.ts'

/**
 * Content hash of the named fields: what an executor compares with `preconditions.activeCampaignHash` before it
 * writes, as ActiveCampaign has no ETag. Missing and null are the same; the order of names does not matter.
 *
 * @example
 * hashFields({ email: 'ana@example.com', phone: '' }, ['phone', 'email'])
 */
export const hashFields = (fields: Fields, names: readonly string[]): string =>
  sha256(JSON.stringify(names.toSorted(compareText).map((name) => [name, fields[name] ?? null])))
