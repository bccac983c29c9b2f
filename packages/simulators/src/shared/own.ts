/** What a record holds under a key that somebody else chose: `constructor` and the like are not there unless put there. */
export const own = <Value>(
  record: Readonly<Partial<Record<string, Value>>>,
  key: string,
): Value | undefined => (Object.hasOwn(record, key) ? record[key] : undefined)
