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

/** What the planner looked at, by record: its fields, and for a contact the tags and the lists. */
type Seen = ReadonlyMap<string, string>

const textOf = (observed: Pick<ActiveCampaignObservation, 'fields' | 'tags' | 'lists'>): string =>
  JSON.stringify([fieldsToText(observed.fields), observed.tags ?? [], observed.lists ?? []])

const seenOf = (batch: readonly RecordInput[], side: 'dynamics' | 'activeCampaign'): Seen =>
  new Map(
    batch.flatMap((record) => {
      const observed = record[side]
      return observed === undefined || isDeleted(observed) ? [] : [[observed.id, textOf(observed)]]
    }),
  )

/** Those that are still as the planner saw them: what changed while it planned has news. */
const stillAsSeen = async (
  { records }: StateTransaction,
  kind: RecordKind,
  seen: Seen,
): Promise<readonly string[]> => {
  const now = await records.find(kind, [...seen.keys()])
  return now.filter((record) => textOf(record) === seen.get(record.id)).map(({ id }) => id)
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
  const quiet = batch.filter(({ link }) => link !== undefined && !mentioned.has(link.dynamicsId))
  if (quiet.length === 0) return
  const rows = endOf(entity, 'dynamics')
  const people = endOf(entity, 'activeCampaign')
  await state.records.quiet(rows, await stillAsSeen(state, rows, seenOf(quiet, 'dynamics')))
  const contactIds = await stillAsSeen(state, people, seenOf(quiet, 'activeCampaign'))
  const linksOf = Map.groupBy(await state.links.of(people, contactIds), (link) => link.activeCampaignId)
  await state.records.quiet(
    people,
    contactIds.filter((id) => linksOf.get(id)?.length === 1),
  )
}
