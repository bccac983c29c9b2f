import {
  type ActiveCampaignObservation,
  isDeleted,
  type Plan,
  type RecordInput,
  type Subject,
} from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import { fieldsToText } from '../state/json.ts'
import type { RecordKind, StateTransaction } from '../state/state-store.ts'

/** What the planner looked at: fields, and for a contact the tags and the lists. */
const textOf = (observed: Pick<ActiveCampaignObservation, 'fields' | 'tags' | 'lists'>): string =>
  JSON.stringify([fieldsToText(observed.fields), observed.tags ?? [], observed.lists ?? []])

/** Both ends of a pair as the planner saw them, by id; undefined for one that was not there. */
const endsSeen = (
  side: 'dynamics' | 'activeCampaign',
  pairs: readonly RecordInput[],
): ReadonlyMap<string, string | undefined> =>
  new Map(
    pairs.flatMap((pair) => {
      const observed = pair[side]
      if (observed === undefined) return []
      return [[observed.id, isDeleted(observed) ? undefined : textOf(observed)]]
    }),
  )

/** The ends that are not as the planner saw them any more: they have news, or are gone. */
const changedSince = async (
  { records }: StateTransaction,
  kind: RecordKind,
  seen: ReadonlyMap<string, string | undefined>,
): Promise<ReadonlySet<string>> => {
  const there = await records.find(kind, [...seen.keys()])
  const now = new Map(there.map((record) => [record.id, textOf(record)]))
  return new Set([...seen].filter(([id, text]) => now.get(id) !== text).map(([id]) => id))
}

/**
 * Notes which linked pairs of a batch the plan has nothing to say about: they are clean until one side changes. A contact
 * that a lead and a contact share stays dirty, as only one of its links was looked at; so does all of an entity whose
 * scope depends on the time, which may let a record go that nobody touches.
 */
export const rememberQuietPairs = async (
  state: StateTransaction,
  { entity, scope }: CompiledEntity,
  batch: readonly RecordInput[],
  plan: Plan,
): Promise<void> => {
  if (scope.dependsOnTime) return
  const subjects: readonly Subject[] = [...plan.actions, ...plan.holds, ...plan.skips, ...plan.conflicts]
  const mentioned = new Set(subjects.map(({ dynamicsId }) => dynamicsId))
  const unmentioned = batch.filter(({ link }) => link !== undefined && !mentioned.has(link.dynamicsId))
  if (unmentioned.length === 0) return
  const rows = endOf(entity, 'dynamics')
  const people = endOf(entity, 'activeCampaign')
  const rowsChanged = await changedSince(state, rows, endsSeen('dynamics', unmentioned))
  const peopleChanged = await changedSince(state, people, endsSeen('activeCampaign', unmentioned))
  const quiet = unmentioned.filter(
    ({ dynamics, activeCampaign }) =>
      !rowsChanged.has(dynamics?.id ?? '') && !peopleChanged.has(activeCampaign?.id ?? ''),
  )
  const idsOf = (side: 'dynamics' | 'activeCampaign'): readonly string[] =>
    quiet.flatMap((pair) => pair[side]?.id ?? [])
  await state.records.quiet(rows, idsOf('dynamics'))
  const linksOf = Map.groupBy(
    await state.links.of(people, idsOf('activeCampaign')),
    (link) => link.activeCampaignId,
  )
  await state.records.quiet(
    people,
    idsOf('activeCampaign').filter((id) => linksOf.get(id)?.length === 1),
  )
}
