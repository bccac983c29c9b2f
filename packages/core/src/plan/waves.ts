import type { Action } from '../actions/action.ts'

/**
 * Actions in waves: each wave depends on earlier ones only, and comes after what its actions go after. Dependencies that are not in the plan count as met; the
 * planner makes no cycles, and a wave that a cycle would leave over is not returned.
 */
export const waves = (
  actions: readonly Action[],
  goesAfter: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly (readonly Action[])[] => {
  const planned = new Set(actions.map((action) => action.id))
  const done = new Set<string>()
  const result: (readonly Action[])[] = []
  let waiting = actions
  while (waiting.length > 0) {
    const isMet = (id: string): boolean => done.has(id) || !planned.has(id)
    const ready = waiting.filter(
      ({ id, dependsOn }) => dependsOn.every(isMet) && (goesAfter.get(id)?.every(isMet) ?? true),
    )
    if (ready.length === 0) break
    for (const action of ready) done.add(action.id)
    waiting = waiting.filter((action) => !done.has(action.id))
    result.push(ready)
  }
  return result
}
