import type { ActionKind } from '@dynacamp/core'
import type { CompiledEntity, CompiledField } from '@dynacamp/mapping-dsl'
import type { Played } from '../play.ts'
import { counterpartOf, partsOf } from '../record-names.ts'

/** Two records that an action of a plan is about, by their names in the diary. */
interface Meeting {
  readonly kind: ActionKind
  readonly row: string
  readonly contact: string
}

/** What makes a record of ActiveCampaign whose id nobody knows beforehand, by the field that tells which one. */
const makes: ReadonlyMap<string, ActionKind> = new Map([
  ['activeCampaign/contacts email', 'create-active-campaign-contact'],
  ['activeCampaign/accounts name', 'create-active-campaign-account'],
])

const madeInActiveCampaign: ReadonlySet<ActionKind> = new Set([
  ...makes.values(),
  'create-active-campaign-record',
])

const meetings = ({ journal, diary }: Played): readonly Meeting[] => {
  const known = journal.flatMap(
    ({ action: { kind, entity, dynamicsId, activeCampaignId } }): readonly Meeting[] =>
      dynamicsId === null || activeCampaignId === null
        ? []
        : [
            {
              kind,
              row: `dynamics/${entity}/${dynamicsId}`,
              contact: `activeCampaign/${counterpartOf(entity)}/${activeCampaignId}`,
            },
          ],
  )
  // A contact or account that the sync made came of the last action that meant to make one with this address or name.
  const made = diary.entries.flatMap(({ by, record, field, before, after, at }): readonly Meeting[] => {
    const kind = makes.get(`${partsOf(record).side}/${partsOf(record).entity} ${field}`)
    if (by !== 'sync' || kind === undefined || before !== null) return []
    const meant = journal.findLast(
      (entry) =>
        entry.at < at &&
        entry.action.kind === kind &&
        entry.action.changes.some((change) => change.field === field && change.after === after),
    )?.action
    if (meant === undefined || meant.dynamicsId === null) return []
    return [{ kind: meant.kind, row: `dynamics/${meant.entity}/${meant.dynamicsId}`, contact: record }]
  })
  return [...known, ...made]
}

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
      if (madeInActiveCampaign.has(kind)) return [[contact, row]]
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
    .filter(({ entity }) => (side === 'activeCampaign' ? counterpartOf(entity) : entity) === kind)
    .flatMap((entity) =>
      entity.fields
        .filter((mapping) => (side === 'dynamics' ? mapping.dynamics : mapping.activeCampaign) === field)
        .map((mapping) => ({ entity, mapping })),
    )
}
