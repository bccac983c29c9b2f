/** Orders texts by code units: the same everywhere, whatever the language of the machine. */
export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Orders entries by their keys. */
export const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  byCodeUnits(a, b)
