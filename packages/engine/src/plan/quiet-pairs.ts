import type { Plan, RecordInput, Subject } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import { endOf } from '../state/ends.ts'
import type { StateTransaction } from '../state/state-store.ts'

/**
 * Notes which linked pairs of a batch the plan has nothing to say about: they are clean until one side changes. A contact
 * that a lead and a contact share stays dirty, as only one of its links was looked at.
 */
export const rememberQuietPairs = async (
  { records, links }: StateTransaction,
  entity: EntityName,
  batch: readonly RecordInput[],
  plan: Plan,
): Promise<void> => {
  const subjects: readonly Subject[] = [...plan.actions, ...plan.holds, ...plan.skips, ...plan.conflicts]
  const mentioned = new Set(subjects.map(({ dynamicsId }) => dynamicsId))
  const quiet = batch.flatMap(({ link }) =>
    link === undefined || mentioned.has(link.dynamicsId) ? [] : [link],
  )
  if (quiet.length === 0) return
  const people = endOf(entity, 'activeCampaign')
  const contactIds = quiet.map((link) => link.activeCampaignId)
  const linksOf = Map.groupBy(await links.of(people, contactIds), (link) => link.activeCampaignId)
  await records.quiet(
    endOf(entity, 'dynamics'),
    quiet.map((link) => link.dynamicsId),
  )
  await records.quiet(
    people,
    contactIds.filter((id) => linksOf.get(id)?.length === 1),
  )
}
