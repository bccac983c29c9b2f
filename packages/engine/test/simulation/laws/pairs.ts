import type { ActionKind } from '@dynacamp/core'
import type { CompiledEntity, CompiledField } from '@dynacamp/mapping-dsl'
import type { Played } from '../play.ts'
import { partsOf } from './law.ts'

/** Two records that an action of a plan is about, by their names in the diary. */
interface Meeting {
  readonly kind: ActionKind
  readonly row: string
  readonly contact: string
}

const meetings = ({ plans, diary }: Played): readonly Meeting[] =>
  plans.flatMap(({ plan, at }, index) => {
    const until = plans[index + 1]?.at ?? Number.POSITIVE_INFINITY
    const made = diary.entries.filter(
      (entry) =>
        entry.by === 'sync' &&
        entry.at > at &&
        entry.at < until &&
        entry.field === 'email' &&
        entry.before === null,
    )
    return plan.actions.flatMap((action): readonly Meeting[] => {
      const { kind, entity, dynamicsId, activeCampaignId } = action
      if (dynamicsId === null) return []
      const row = `dynamics/${entity}/${dynamicsId}`
      if (activeCampaignId !== null)
        return [{ kind, row, contact: `activeCampaign/contacts/${activeCampaignId}` }]
      if (kind !== 'create-active-campaign-contact') return []
      // The contact that came of it: made while this plan was applied, with this address.
      const email = action.changes.find(({ field }) => field === 'email')?.after
      return made.filter(({ after }) => after === email).map(({ record }) => ({ kind, row, contact: record }))
    })
  })

const grouped = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const sets = new Map<string, Set<string>>()
  for (const [from, to] of pairs) sets.set(from, (sets.get(from) ?? new Set<string>()).add(to))
  return sets
}

/** Records that an action ever brought together, either way. */
export const partnersOf = (played: Played): ReadonlyMap<string, ReadonlySet<string>> =>
  grouped(
    meetings(played).flatMap(
      ({ row, contact }) =>
        [
          [row, contact],
          [contact, row],
        ] as const,
    ),
  )

/** What each record was made for, by the actions that make one. */
export const sourcesOf = (played: Played): ReadonlyMap<string, ReadonlySet<string>> =>
  grouped(
    meetings(played).flatMap(({ kind, row, contact }): readonly (readonly [string, string])[] => {
      if (kind === 'create-active-campaign-contact') return [[contact, row]]
      return kind === 'create-dynamics-record' ? [[row, contact]] : []
    }),
  )

/** The mapped field behind a cell of the diary, as each entity sees it. */
export const mappingsOf = (
  { definition }: Played,
  { record, field }: { readonly record: string; readonly field: string },
): readonly { readonly entity: CompiledEntity; readonly mapping: CompiledField }[] => {
  const { side, entity: kind } = partsOf(record)
  return definition.entities
    .filter(({ entity }) => side === 'activeCampaign' || entity === kind)
    .flatMap((entity) =>
      entity.fields
        .filter((mapping) => (side === 'dynamics' ? mapping.dynamics : mapping.activeCampaign) === field)
        .map((mapping) => ({ entity, mapping })),
    )
}
