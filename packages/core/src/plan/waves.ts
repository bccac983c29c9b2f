import type { Action } from '../actions/action.ts'

/**
 * Actions in waves: each wave depends on earlier ones only. Dependencies that are not in the plan count as met; the
 * planner makes no cycles, and a wave that a cycle would leave over is not returned.
 */
export const waves = (actions: readonly Action[]): readonly (readonly Action[])[] => {
  const planned = new Set(actions.map((action) => action.id))
  const done = new Set<string>()
  const result: (readonly Action[])[] = []
  let waiting = actions
  while (waiting.length > 0) {
    const ready = waiting.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id) || !planned.has(id)))
    if (ready.length === 0) break
    for (const action of ready) done.add(action.id)
    waiting = waiting.filter((action) => !done.has(action.id))
    result.push(ready)
  }
  return result
}
