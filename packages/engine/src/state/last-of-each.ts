/** One item per key, the last: PostgreSQL refuses a statement that would write a row twice. */
export const lastOfEach = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
]
