/**
 * Recorded JSON where a client's method wants its own type. Whether it fits is what conformance finds out:
 * the request that the method makes of it is compared with the recorded one.
 */
export function given<T>(value: unknown): T {
  // biome-ignore lint/nursery/noUnsafeTypeAssertion: see above, the check of the value is its comparison afterwards
  return value as T
}
