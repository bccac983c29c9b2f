import { isLeft } from 'fp-ts/lib/Either.js'
import type { Eq } from 'fp-ts/lib/Eq.js'
import { type Codec, problem, read, write } from './codec.ts'
import { type Converted, type Fields, type FieldValue, isBlank } from './value.ts'

/** Both directions of one mapped pair of fields, and when two values count as the same. */
export interface Conversion {
  toActiveCampaign(value: FieldValue): Converted
  /**
   * @param row What the row holds now: an amount is not written into a row of another currency. Left out: a new row.
   */
  toDynamics(value: FieldValue, row?: Fields): Converted
  /** Whether both sides hold the same value, up to what the pair can carry. */
  equivalent(dynamics: FieldValue, activeCampaign: FieldValue): boolean
  sameInDynamics(a: FieldValue, b: FieldValue): boolean
  sameInActiveCampaign(a: FieldValue, b: FieldValue): boolean
}

/** Reads on one side and writes on the other. Once per field and record, so without combinators in between. */
const carry = <D>(from: Codec<D>, to: Codec<D>, value: FieldValue): Converted => {
  const domain = read(from, value)
  if (isLeft(domain)) return domain.left
  const written = write(to, domain.right)
  return isLeft(written) ? written.left : { ok: true, value: written.right }
}

const sameOnOneSide =
  <D>(codec: Codec<D>, eq: Eq<D>, blank: (value: FieldValue) => boolean) =>
  (a: FieldValue, b: FieldValue): boolean => {
    if (blank(a) || blank(b)) return blank(a) && blank(b)
    const [left, right] = [read(codec, a), read(codec, b)]
    if (isLeft(left) || isLeft(right)) return JSON.stringify(a) === JSON.stringify(b)
    return eq.equals(left.right, right.right)
  }

/** What a field is cleared with: `''` in ActiveCampaign, `null` in D365. */
const cleared = { activeCampaign: { ok: true, value: '' }, dynamics: { ok: true, value: null } } as const

/** ActiveCampaign's half of a pair: its codec, and what it says for "nothing". */
export interface FieldSide<D> {
  readonly codec: Codec<D>
  readonly isEmpty: (value: FieldValue) => boolean
}

/** A conversion through the values `D` that both codecs speak. */
export const conversion = <D>(
  column: Codec<D>,
  { codec: field, isEmpty }: FieldSide<D>,
  eq: Eq<D>,
): Conversion => ({
  toActiveCampaign: (value) => (isBlank(value) ? cleared.activeCampaign : carry(column, field, value)),
  toDynamics: (value) => (isEmpty(value) ? cleared.dynamics : carry(field, column, value)),
  equivalent: (dynamics, activeCampaign) => {
    if (isBlank(dynamics) || isEmpty(activeCampaign)) {
      return isBlank(dynamics) && isEmpty(activeCampaign)
    }
    const [left, right] = [read(column, dynamics), read(field, activeCampaign)]
    return !isLeft(left) && !isLeft(right) && eq.equals(left.right, right.right)
  },
  sameInDynamics: sameOnOneSide(column, eq, isBlank),
  sameInActiveCampaign: sameOnOneSide(field, eq, isEmpty),
})

/** The same conversion with one direction shut. */
export const oneWay = (both: Conversion, flow: 'outbound' | 'inbound'): Conversion => ({
  ...both,
  ...(flow === 'outbound'
    ? { toDynamics: () => problem('one-way', 'This pair of fields carries values to ActiveCampaign only.') }
    : {
        toActiveCampaign: () =>
          problem('one-way', 'This pair of fields carries values to Dynamics 365 only.'),
      }),
})
