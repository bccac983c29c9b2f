import type { EntityName } from '@dynacamp/mapping-dsl'
import type { Conflict, Subject } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import { showValue, verbOf, winnerOf } from './render/words.ts'

/** A record by its id on either side. */
export type RecordRef =
  | { readonly entity: EntityName; readonly dynamicsId: string }
  | { readonly entity: EntityName; readonly activeCampaignId: string }

const isAbout =
  (record: RecordRef) =>
  (entry: Subject): boolean =>
    entry.entity === record.entity &&
    ('dynamicsId' in record
      ? entry.dynamicsId === record.dynamicsId
      : entry.activeCampaignId === record.activeCampaignId)

const conflictSentence = (conflict: Conflict): string => {
  const { field, base, dynamics, activeCampaign, sensitive, reason } = conflict
  const was = base === null ? 'it never was in sync' : `it was ${showValue(base.dynamics, sensitive)}`
  return (
    `${field}: ${was}; Dynamics 365 has ${showValue(dynamics, sensitive)}, ` +
    `ActiveCampaign has ${showValue(activeCampaign, sensitive)}. ${reason.message} ${winnerOf(conflict)}.`
  )
}

/**
 * Why a plan does, or does not do, something with a record: one sentence per rule that applied, in the order in which the
 * rules were asked. Values of sensitive fields are masked, texts of records escaped.
 *
 * @example
 * explain(plan, { entity: 'contacts', activeCampaignId: '113' })
 * // ['Will change the contact in ActiveCampaign: …', 'firstName: "Ana" becomes "Anna". firstname changed in …']
 */
export const explain = (plan: Plan, record: RecordRef): readonly string[] => {
  const about = isAbout(record)
  const sentences = [
    ...plan.skips.filter(about).map(({ reason }) => `Skipped. ${reason.message}`),
    ...plan.holds.filter(about).map(({ field, reason, resolve }) => {
      const what = field === null ? 'Held.' : `${field} is held.`
      return `${what} ${reason.message} What helps: ${resolve.join(' ')}`
    }),
    ...plan.conflicts.filter(about).map(conflictSentence),
    ...plan.actions
      .filter(about)
      .flatMap((action) => [
        `Will ${verbOf(action)}: ${action.because}`,
        ...action.changes.map(
          ({ field, before, after, sensitive, reason }) =>
            `${field}: ${showValue(before, sensitive)} becomes ${showValue(after, sensitive)}. ${reason.message}`,
        ),
      ]),
  ]
  if (sentences.length > 0) return sentences
  return plan.entities.includes(record.entity)
    ? [
        'Nothing to do: it was not in the plan’s batch, or nothing changed since both sides were last in sync.',
      ]
    : [`The plan does not cover ${record.entity}.`]
}
