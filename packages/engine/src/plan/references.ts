import { type Action, type Need, type References, type ReferenceTarget, referenceKey } from '@dynacamp/core'
import type { CompiledDefinition, CompiledEntity } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import type { Side, StateTransaction, StoredRecord } from '../state/state-store.ts'

type ReferenceNeed = Extract<Need, { readonly kind: 'reference' }>

const otherSide = (side: Side): Side => (side === 'dynamics' ? 'activeCampaign' : 'dynamics')

const keyOf = ({ side, entity, id }: ReferenceNeed): string => referenceKey(side, entity, id)

/** What the planner asks about other records and nobody has looked up yet. */
export const unknownReferences = (needs: readonly Need[], known: References): readonly ReferenceNeed[] =>
  needs.filter((need) => need.kind === 'reference').filter((need) => known[keyOf(need)] === undefined)

/** What the actions of a plan make of records, under the keys of both their ends: later entities may refer to them. */
export const plannedTargets = (actions: readonly Action[]): References =>
  Object.fromEntries(
    actions
      .filter(({ kind }) => kind.startsWith('create-') || kind === 'link-records' || kind === 'move-link')
      .flatMap(({ id, entity, title, dynamicsId, activeCampaignId }) => {
        const target: ReferenceTarget = { entity, title, dynamicsId, activeCampaignId, plannedBy: id }
        const ends = { dynamics: dynamicsId, activeCampaign: activeCampaignId } as const
        return (['dynamics', 'activeCampaign'] as const).flatMap((side) => {
          const end = ends[side]
          return end === null ? [] : [[referenceKey(side, entity, end), target] as const]
        })
      }),
  )

const titleOf = (
  entity: CompiledEntity | undefined,
  side: Side,
  record: StoredRecord | undefined,
): string | null => {
  const name = entity?.match[0]?.[side]
  const value = name === undefined ? undefined : record?.fields[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The other end of records of one kind, by their id: from their links, as far as the record there is still known. */
const otherEnds = async (
  { links, records }: StateTransaction,
  { side, entity }: Pick<ReferenceNeed, 'side' | 'entity'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const other = otherSide(side)
  const own = (await links.of(endOf(entity, side), ids)).filter((link) => link.entity === entity)
  const endIds = own.map((link) => (side === 'dynamics' ? link.activeCampaignId : link.dynamicsId))
  const there = new Set((await records.find(endOf(entity, other), endIds)).map(({ id }) => id))
  return new Map(
    own
      .map(({ dynamicsId, activeCampaignId }) => ({ dynamics: dynamicsId, activeCampaign: activeCampaignId }))
      .filter((ends) => there.has(ends[other]))
      .map((ends) => [ends[side], ends[other]]),
  )
}

/**
 * Looks up what other records come to: linked by the state, else made or linked by an action that was planned before, else
 * known to be in no sync.
 */
export const lookUpReferences = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  needs: readonly ReferenceNeed[],
  planned: References,
): Promise<References> => {
  const found: Record<string, ReferenceTarget> = {}
  for (const group of Map.groupBy(needs, ({ side, entity }) => `${side} ${entity}`).values()) {
    const [first] = group
    if (first === undefined) continue
    const { side, entity } = first
    const ids = group.map(({ id }) => id)
    const others = await otherEnds(state, first, ids)
    const records = new Map((await state.records.find(endOf(entity, side), ids)).map((one) => [one.id, one]))
    const compiled = definition.entities.find((candidate) => candidate.entity === entity)
    for (const need of group) {
      const { id } = need
      const other = others.get(id) ?? null
      const target: ReferenceTarget = {
        entity,
        title: titleOf(compiled, side, records.get(id)),
        dynamicsId: side === 'dynamics' ? id : other,
        activeCampaignId: side === 'activeCampaign' ? id : other,
        plannedBy: null,
      }
      found[keyOf(need)] = other === null ? (planned[keyOf(need)] ?? target) : target
    }
  }
  return found
}
