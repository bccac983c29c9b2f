import type { Subject } from '@dynacamp/core'
import type { Played } from '../play.ts'
import { counterpartOf, partsOf } from '../record-names.ts'

/** A row that takes part and the one contact with its address; an account with its name; an opportunity's record. */
export interface Met {
  readonly entity: string
  readonly row: string
  readonly contact: string
}

/** What the last plan says about a record as a whole, or about one field of it. */
export const excusesOf = ({ lastPlan }: Played) => {
  const records = new Set<string>()
  const fields = new Set<string>()
  const ends = ({ entity, dynamicsId, activeCampaignId }: Subject) => [
    ...(dynamicsId === null ? [] : [`dynamics/${entity}/${dynamicsId}`]),
    ...(activeCampaignId === null ? [] : [`activeCampaign/${counterpartOf(entity)}/${activeCampaignId}`]),
  ]
  // What is left to do at rest waits for people.
  for (const action of lastPlan?.actions ?? []) for (const end of ends(action)) records.add(end)
  for (const skip of lastPlan?.skips ?? []) for (const end of ends(skip)) records.add(end)
  for (const hold of lastPlan?.holds ?? []) {
    for (const end of ends(hold)) {
      if (hold.field === null) records.add(end)
      else fields.add(`${end} ${hold.field}`)
    }
  }
  return { records, fields }
}

/**
 * Whether the address or name of one of the two is held: then the two that have it now need not be the two that are linked.
 */
export const isKeyHeld = (
  { definition }: Played,
  { fields }: ReturnType<typeof excusesOf>,
  { entity, row, contact }: Met,
): boolean => {
  const key = definition.entities.find((candidate) => candidate.entity === entity)?.match[0]?.dynamics
  return [...fields].some((field) => [row, contact].some((end) => field.startsWith(`${end} ${key}:`)))
}

/** Opportunities and their records have one id. */
const recordsOf = (names: readonly string[]): readonly Met[] =>
  names.flatMap((name) => {
    const { side, entity, id } = partsOf(name)
    const row = `dynamics/opportunities/${id}`
    return side === 'activeCampaign' && entity === 'records' && names.includes(row)
      ? [{ entity: 'opportunities', row, contact: name }]
      : []
  })

/** Rows that take part, and contacts or accounts with the same address or name: told by the services alone. */
export const metBy = ({ definition, diary }: Played): readonly Met[] =>
  definition.entities.flatMap((entity) => {
    const all = [...diary.now]
    const [rule] = entity.match
    if (rule === undefined) return recordsOf(all.map(([name]) => name))
    const contacts = all.filter(([name]) =>
      name.startsWith(`activeCampaign/${counterpartOf(entity.entity)}/`),
    )
    return all
      .filter(
        ([name, cells]) =>
          name.startsWith(`dynamics/${entity.entity}/`) && cells.statecode === 0 && entity.inScope(cells),
      )
      .flatMap(([row, cells]) => {
        const key = rule.dynamicsKey(cells)
        const met = contacts.filter(
          ([, contact]) => key !== undefined && rule.activeCampaignKey(contact) === key,
        )
        // Of several with one address nobody can tell from the services which are one.
        return met.length === 1 ? met.map(([contact]) => ({ entity: entity.entity, row, contact })) : []
      })
  })
