/**
 * A number as canonical decimal digits (`-12.5`), so that money and long integers survive without binary
 * rounding.
 */
export type Decimal = string

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/

/** The canonical form of a decimal text, or `undefined` when it is none. */
export const parseDecimal = (text: string): Decimal | undefined => {
  const match = pattern.exec(text.trim())
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const shift = Number(exponent)
  const digits = whole + fraction
  const point = whole.length + shift
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0')
  const at = Math.max(point, 0)
  return canonical(sign === '-', padded.slice(0, at), padded.slice(at))
}

const canonical = (negative: boolean, whole: string, fraction: string): Decimal => {
  const shortWhole = whole.replace(/^0+/, '') || '0'
  const shortFraction = fraction.replace(/0+$/, '')
  const digits = shortFraction === '' ? shortWhole : `${shortWhole}.${shortFraction}`
  return negative && digits !== '0' ? `-${digits}` : digits
}

/** Rounds half away from zero, as Dataverse rounds to a column's precision. */
export const roundDecimal = (value: Decimal, places: number): Decimal => {
  const negative = value.startsWith('-')
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  if (fraction.length <= places) return value
  const kept = BigInt(whole + fraction.slice(0, places))
  const rounded = (fraction.charAt(places) >= '5' ? kept + 1n : kept).toString().padStart(places + 1, '0')
  const at = rounded.length - places
  return canonical(negative, rounded.slice(0, at), rounded.slice(at))
}

/** Moves the point by `places` to the right: 12.5 by 2 is 1250. */
export const shiftDecimal = (value: Decimal, places: number): Decimal =>
  parseDecimal(`${value}e${places}`) ?? value
