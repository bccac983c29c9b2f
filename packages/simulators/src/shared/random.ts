/** A source of chance that repeats: the same seed gives the same sequence on every machine. */
export interface Random {
  /** The next number, at least 0 and below 1. */
  next(): number
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** A lower-case GUID of version 4. */
  guid(): string
  /** An independent source: what is drawn from it moves nothing here. The same name gives the same source. */
  fork(name: string): Random
}

/** FNV-1a, 32 bits: spreads a name over the seed space. */
const hash = (text: string, basis: number): number => {
  let value = (0x81_1c_9d_c5 ^ basis) >>> 0
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93) >>> 0
  }
  return value
}

/** Two hexadecimal digits of every byte. */
const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Mulberry32: 32 bits of state, passes gjrand's tests, more than enough for ids and sample rows. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const bits = (): number => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const next = (): number => bits() / 0x1_00_00_00_00
  const hex = (): string => {
    const word = bits()
    return `${hexOf[word >>> 24]}${hexOf[(word >>> 16) & 255]}${hexOf[(word >>> 8) & 255]}${hexOf[word & 255]}`
  }
  const integer = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    integer,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    guid() {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()]
      const variant = '89ab'[Number.parseInt(c.slice(0, 1), 16) & 3]
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`
    },
    fork: (name) => createRandom(hash(name, seed)),
  }
}
