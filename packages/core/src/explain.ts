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

/** The values of a field in dispute, and who wins; where it is held, its hold has told why. */
const conflictSentence = (conflict: Conflict): string => {
  const { field, base, dynamics, activeCampaign, sensitive, winner, reason } = conflict
  const was = base === null ? 'it never was in sync' : `it was ${showValue(base.dynamics, sensitive)}`
  const values =
    `${field}: ${was}; Dynamics 365 has ${showValue(dynamics, sensitive)}, ` +
    `ActiveCampaign has ${showValue(activeCampaign, sensitive)}.`
  return winner === 'held' ? values : `${values} ${reason.message} ${winnerOf(conflict)}.`
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

type RecordNeed = Exclude<Need, { kind: 'key-holders' | 'reference' }>

/** What is needed of records themselves; who else has a key, and what a record refers to, are told by its hold. */
const isOfRecord =
  (entity: EntityName) =>
  (need: Need): need is RecordNeed =>
    need.entity === entity && need.kind !== 'key-holders' && need.kind !== 'reference'

/** A plan that names a record nowhere, of which nothing else is known: its other id may be one that the plan waits for. */
const sayNothingOf = (record: RecordRef, needs: readonly RecordNeed[]): string => {
  const perhaps = needs.filter(({ kind }) => (kind === 'dynamics-row') !== 'dynamicsId' in record)
  const [first, ...more] = perhaps.map(needSentence)
  if (first === undefined) {
    return 'Nothing to do: it was not in the plan’s batch, or nothing changed that the rules carry over.'
  }
  const others = more.length === 0 ? '' : `, and ${more.length} more`
  return `The plan says nothing of it yet. It does not know all, and this may be about it: ${first}${others}.`
}

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
    holds: plan.holds.filter((hold) => about(hold) || isAboutAll(hold, record)),
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
  const needs = plan.needs.filter(isOfRecord(record.entity))
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
    ...needs
      .filter(({ id }) => ids.has(id))
      .map((need) => `Not known yet: ${needSentence(need)}. Once it is known, the record is planned again.`),
  ]
  if (sentences.length > 0) return sentences.map(escapeText)
  if (!plan.entities.includes(record.entity)) return [`The plan does not cover ${record.entity}.`]
  if (link !== undefined) return ['In sync: the two sides agree in every mapped field.']
  return [
    madeFrom === undefined
      ? sayNothingOf(record, needs)
      : 'Nothing to do: nothing is linked to it, and the rules ask for nothing.',
  ]
}
