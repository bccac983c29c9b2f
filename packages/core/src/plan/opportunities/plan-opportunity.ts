import type { CompiledObject } from '@dynacamp/mapping-dsl'
import { type DynamicsObservation, isDeleted } from '../../model/observation.ts'
import type { LinkedSubject } from '../../model/outcome.ts'
import type { PlanInput } from '../../model/plan-input.ts'
import type { RecordInput } from '../../model/record.ts'
import type { BatchContext } from '../batch-context.ts'
import { holdRecord } from '../hold-field.ts'
import { enterSkip } from '../ledger.ts'
import { unlink } from '../plan-departure.ts'
import { askForMissing } from '../plan-linked.ts'
import { subjectOf } from '../subject.ts'
import { contactColumn, contactField } from './contact-field.ts'
import { createRecord } from './create-record.ts'
import { mergeRecord } from './merge-record.ts'
import { type ObjectPlan, planObject } from './object-plan.ts'
import { relatedContact } from './related-contact.ts'

/** A row that is there and takes part: find its person, then make the record, or merge with the one that is there. */
const planRow = (
  context: BatchContext,
  object: ObjectPlan,
  dynamics: DynamicsObservation,
  { link, activeCampaign }: RecordInput,
): void => {
  const { ledger } = context
  const subject: LinkedSubject = {
    ...subjectOf(context, dynamics, undefined),
    dynamicsId: dynamics.id,
    activeCampaignId: dynamics.id,
  }
  if ('refusal' in object) {
    holdRecord(ledger, subject, object.refusal.code, object.refusal)
    return
  }
  const lookup = relatedContact(context, dynamics.fields)
  if (lookup.kind === 'none') {
    enterSkip(ledger, subject, 'contact-not-in-sync', lookup.message)
    return
  }
  if (lookup.kind === 'unknown') {
    holdRecord(ledger, subject, 'not-known-yet', {
      message: 'Nobody has looked yet whether its contact is in sync.',
      resolve: ['Look it up and plan again.'],
    })
    return
  }
  const { contact } = lookup
  const plan = {
    fields: [...object.fields, contactField(contact)],
    required: object.required,
    contact,
    dependsOn: [...object.dependsOn, ...lookup.dependsOn],
  }
  const row = { ...dynamics, fields: { ...dynamics.fields, [contactColumn]: contact.dynamicsId } }
  if (activeCampaign !== undefined && !isDeleted(activeCampaign)) {
    mergeRecord(context, subject, { link, dynamics: row, activeCampaign }, plan)
  } else createRecord(context, subject, row, plan)
}

/**
 * One opportunity, of which a record is known by the row's GUID. What left the scope, or was deleted on either side, is left as it
 * is: a custom object's records are no people to unsubscribe, and nothing deleted comes back by itself.
 */
const planOne = (context: BatchContext, object: ObjectPlan, record: RecordInput): void => {
  const { ledger, entity, settings } = context
  const { link, dynamics, activeCampaign } = record
  const rowThere = dynamics !== undefined && !isDeleted(dynamics) ? dynamics : undefined
  const recordThere = activeCampaign !== undefined && !isDeleted(activeCampaign) ? activeCampaign : undefined
  const id = link?.dynamicsId ?? rowThere?.id ?? recordThere?.id
  // What is gone and was never linked leaves nothing to do.
  if (id === undefined) return
  const subject: LinkedSubject = {
    ...subjectOf(context, rowThere, recordThere, id),
    dynamicsId: id,
    activeCampaignId: link?.activeCampaignId ?? id,
  }
  if (link !== undefined && (dynamics === undefined || activeCampaign === undefined)) {
    askForMissing(context, link, record, subject)
  } else if (rowThere === undefined && recordThere === undefined) {
    unlink(context, subject, 'Deleted on both sides.', [])
  } else if (link === undefined && rowThere === undefined) {
    enterSkip(
      ledger,
      subject,
      'direction',
      'Opportunities flow from Dynamics 365 only, and no row has this id.',
    )
  } else if (rowThere === undefined) {
    enterSkip(ledger, subject, 'deleted', 'Deleted in Dynamics 365. The other side keeps its record.')
  } else if (link !== undefined && recordThere === undefined) {
    enterSkip(ledger, subject, 'deleted', 'Deleted in ActiveCampaign. The row stays, and gets no new record.')
  } else if (!entity.inScope(rowThere.fields, settings.nowMs)) {
    const code = link === undefined ? 'out-of-scope' : 'left-scope'
    const message = link === undefined ? 'Not in scope' : 'The pair is left as it is; no longer in scope'
    enterSkip(ledger, subject, code, `${message}: ${entity.scopeSentence}.`)
  } else planRow(context, object, rowThere, record)
}

/** A batch of opportunities, and what the custom object lacks for them. */
export const planOpportunities = (
  context: BatchContext,
  object: CompiledObject,
  { records, customObject }: Pick<PlanInput, 'records' | 'customObject'>,
): void => {
  const plan = planObject(context, object, customObject)
  for (const record of records) planOne(context, plan, record)
}
