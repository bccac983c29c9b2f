import { explain, invertPlan, type Plan } from '../../src/index.ts'

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

const isNested = (value: unknown): boolean => typeof value === 'object' && value !== null && !isEmpty(value)

/** A value as indented lines, or as one where nothing is nested in it; what is empty or absent is left away. */
const outline = (value: unknown, indent = ''): string => {
  if (typeof value !== 'object' || value === null || !Object.values(value).some(isNested)) {
    return ` ${JSON.stringify(value)}`
  }
  const members = Array.isArray(value)
    ? value.map((member) => ['-', member] as const)
    : Object.entries(value).map(([key, member]) => [`${key}:`, member] as const)
  return members
    .filter(([, member]) => !isEmpty(member))
    .map(([name, member]) => `\n${indent}${name}${outline(member, `${indent}  `)}`)
    .join('')
}

const sectionOf = (title: string, value: unknown): string =>
  isEmpty(value) ? '' : `${title}${outline(value, '  ')}\n`

/** All that a plan says, for people and for executors, what it says of each record, and how it is taken back. */
export const planInFull = (plan: Plan): string => {
  const { version: _, id: _id, definitionHash: _hash, entities: _entities, ...parts } = plan
  const records = new Set(
    [...plan.actions, ...plan.skips, ...plan.holds].map(({ entity, dynamicsId, activeCampaignId }) =>
      JSON.stringify(dynamicsId === null ? { entity, activeCampaignId } : { entity, dynamicsId }),
    ),
  )
  const { actions, skips, holds } = invertPlan(plan)
  return [
    ...Object.entries(parts).map(([title, value]) => sectionOf(title, value)),
    ...[...records].map((record) => sectionOf(`explain ${record}`, explain(plan, JSON.parse(record)))),
    ...Object.entries({ actions, skips, holds }).map(([title, value]) => sectionOf(`undo ${title}`, value)),
  ].join('')
}
