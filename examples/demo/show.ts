import { type Hold, type Plan, renderPlan, type Skip } from '@dynacamp/core'

/** The first of each kind, then all others: so that a few show what there is. */
const varied = <Entry>(entries: readonly Entry[], kindOf: (entry: Entry) => string): readonly Entry[] => {
  const firsts = new Map([...entries].reverse().map((entry) => [kindOf(entry), entry]))
  const chosen = new Set(firsts.values())
  return [...entries.filter((entry) => chosen.has(entry)), ...entries.filter((entry) => !chosen.has(entry))]
}

/** Shows plans as text. Who is held or left aside for the same reason as before is not listed again. */
export const createShow = (say: (line: string) => void) => {
  const shown = new Set<string>()
  const keyOf = ({ id, reason }: Hold | Skip): string => `${id} ${reason.code}`
  return (plan: Plan, maxEntries: number): void => {
    const { isTTY: colour, columns: width = 100 } = process.stdout
    const holds = plan.holds.filter((hold) => !shown.has(keyOf(hold)))
    const skips = plan.skips.filter((skip) => !shown.has(keyOf(skip)))
    const part = {
      ...plan,
      actions: varied(plan.actions, ({ kind }) => kind),
      holds: varied(holds, ({ reason }) => reason.code),
      skips,
    }
    say(renderPlan(part, 'text', { colour, width, maxEntries }))
    const entries = [...plan.holds, ...plan.skips]
    if (holds.length + skips.length < entries.length) say('(Held and skipped as before: not listed again.)\n')
    for (const entry of entries) shown.add(keyOf(entry))
  }
}
