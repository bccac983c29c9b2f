import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { explainDifferences } from './explain-differences.ts'
import type { Conflict, Need, Subject } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import type { RecordInput } from './model/record.ts'
import { escapeText } from './render/escape.ts'
import { needSentence, showAfter, showValue, verbOf, winnerOf } from './render/words.ts'

/** A record by its id on either side; GUIDs in any case. */
export type RecordRef =
  | { readonly entity: EntityName; readonly dynamicsId: string }
  | { readonly entity: EntityName; readonly activeCampaignId: string }

/** What a plan was made from, as far as it is about one record. */
export interface MadeFrom {
  readonly definition: CompiledDefinition
  readonly record: RecordInput
}

const isAbout =
  (record: RecordRef) =>
  (entry: Subject): boolean =>
    entry.entity === record.entity &&
    ('dynamicsId' in record
      ? entry.dynamicsId?.toLowerCase() === record.dynamicsId.toLowerCase()
      : entry.activeCampaignId === record.activeCampaignId)

/** What is held of the custom object is held of every record in it. */
const isAboutAll = ({ entity, dynamicsId, activeCampaignId }: Subject, record: RecordRef): boolean =>
  entity === record.entity && dynamicsId === null && activeCampaignId === null

const conflictSentence = (conflict: Conflict): string => {
  const { field, base, dynamics, activeCampaign, sensitive, reason } = conflict
  const was = base === null ? 'it never was in sync' : `it was ${showValue(base.dynamics, sensitive)}`
  return (
    `${field}: ${was}; Dynamics 365 has ${showValue(dynamics, sensitive)}, ` +
    `ActiveCampaign has ${showValue(activeCampaign, sensitive)}. ${reason.message} ${winnerOf(conflict)}.`
  )
}

const actionSentences = ({ actions, guards }: Pick<Plan, 'actions' | 'guards'>): readonly string[] => {
  if (actions.length === 0) return []
  const stops = guards.filter(({ tripped }) => tripped)
  const will = stops.length === 0 ? 'Will' : 'Would'
  return [
    ...stops.map(({ message }) => `Nothing is written: a guard stops the run. ${message}`),
    ...actions.flatMap((action) => [
      `${will} ${verbOf(action)}: ${action.because}`,
      ...action.changes.map((change) => {
        const { field, before, sensitive, reason } = change
        return `${field}: ${showValue(before, sensitive)} becomes ${showAfter(action, change)}. ${reason.message}`
      }),
    ]),
  ]
}

/** Whether a need is about a record that has one of these ids; who else has its key, and what it refers to, are told by its hold. */
const isNeededFor =
  (entity: EntityName, ids: ReadonlySet<string | undefined | null>) =>
  (need: Need): boolean =>
    need.entity === entity && need.kind !== 'key-holders' && need.kind !== 'reference' && ids.has(need.id)

/**
 * Why a plan does, or does not do, something with a record: one sentence per rule that applied, in the order in which the
 * rules were asked. Values of sensitive fields are masked, texts of records escaped.
 *
 * @param madeFrom - With what the plan was made from, fields that differ and are left so are told too: a plan has none of them.
 *
 * @example
 * explain(plan, { entity: 'contacts', activeCampaignId: '113' })
 * // ['Will change the contact in ActiveCampaign: …', 'firstName: "Ana" becomes "Anna". firstname changed in …']
 */
export const explain = (plan: Plan, record: RecordRef, madeFrom?: MadeFrom): readonly string[] => {
  const about = isAbout(record)
  const own = {
    skips: plan.skips.filter(about),
    holds: plan.holds.filter((hold) => about(hold) || (madeFrom !== undefined && isAboutAll(hold, record))),
    conflicts: plan.conflicts.filter(about),
    actions: plan.actions.filter(about),
    guards: plan.guards,
  }
  const { link, dynamics, activeCampaign } = madeFrom?.record ?? {}
  const ids = new Set([
    'dynamicsId' in record ? record.dynamicsId.toLowerCase() : record.activeCampaignId,
    ...[dynamics?.id, activeCampaign?.id, link?.dynamicsId, link?.activeCampaignId],
    ...[...own.skips, ...own.holds, ...own.actions].flatMap((entry) => [
      entry.dynamicsId,
      entry.activeCampaignId,
    ]),
  ])
  const sentences = [
    ...own.skips.map(({ reason }) => `Skipped. ${reason.message}`),
    ...own.holds.map(({ field, reason, resolve }) => {
      const what = field === null ? 'Held.' : `${field} is held.`
      return `${what} ${reason.message} What helps: ${resolve.join(' ')}`
    }),
    ...own.conflicts.map(conflictSentence),
    ...actionSentences(own),
    ...(madeFrom === undefined
      ? []
      : explainDifferences(madeFrom.definition, record.entity, madeFrom.record, own)),
    ...plan.needs
      .filter(isNeededFor(record.entity, ids))
      .map((need) => `Not known yet: ${needSentence(need)}. Once it is known, the record is planned again.`),
  ]
  if (sentences.length > 0) return sentences.map(escapeText)
  if (!plan.entities.includes(record.entity)) return [`The plan does not cover ${record.entity}.`]
  return [
    link !== undefined
      ? 'In sync: the two sides agree in every mapped field.'
      : 'Nothing to do: it was not in the plan’s batch, or nothing changed that the rules carry over.',
  ]
}
