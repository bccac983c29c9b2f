import type { Fields } from '@dynacamp/mapping-dsl'

/** Fields as text with sorted keys: equal fields give equal text. */
export const fieldsToText = (fields: Fields): string =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Reads back what `fieldsToText` or `JSON.stringify` wrote: the state is the engine's own. */
export const fromText = <Value>(text: string): Value => JSON.parse(text)
