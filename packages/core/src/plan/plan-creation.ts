import type { Fields, FieldValue } from '@dynacamp/mapping-dsl'
import { actionIdFor } from '../actions/action-id.ts'
import { CreateDynamicsRecord } from '../actions/create-dynamics-record.ts'
import { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'
import { dynamicsIdFor } from '../dynamics-id-for.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { consentBase, isOffAll, optOutChange } from './consent.ts'
import { contactPrecondition } from './contact-precondition.ts'
import { counterpartActions } from './counterpart-actions.ts'
import { arrivesBlank } from './field-view.ts'
import { holdBadValue } from './hold-field.ts'
import { enterAction } from './ledger.ts'
import { marksOfNewContact, planMarks } from './marks.ts'
import { accountOfNewContact, accountOfNewRow } from './new-relation.ts'
import { flowsIn } from './opt-out.ts'
import { emptyDraft, type PairDraft, settleNow, writeActiveCampaign, writeDynamics } from './pair-draft.ts'
import { participatingLists } from './participating-lists.ts'
import { subjectOf } from './subject.ts'

/** A consent column that is mapped as well has its base from the mapping. */
const rememberConsent = ({ settledNow }: PairDraft, consent: Fields): void => {
  Object.assign(settledNow.dynamics, { ...consent, ...settledNow.dynamics })
}

/** Whether a record that is to be made can have what it is recognised by; it is held where it cannot. */
const keyFits = (
  { ledger, keyField }: BatchContext,
  subject: Subject,
  side: 'dynamics' | 'activeCampaign',
  value: FieldValue | undefined = null,
): boolean => {
  if (keyField === undefined) return true
  const converted = side === 'dynamics' ? keyField.toActiveCampaign(value) : keyField.toDynamics(value)
  if (converted.ok || converted.code === 'one-way' || converted.code === 'not-writable') return true
  holdBadValue(ledger, subject, keyField, side, converted.message)
  return false
}

/**
 * A D365 row gets a contact. Fields that flow the other way only, and blanks, are remembered as they are: an empty new
 * contact must not empty the row it was made from.
 */
export const createContactFor = (context: BatchContext, dynamics: DynamicsObservation): void => {
  const { ledger, entity } = context
  const subject = {
    ...subjectOf(context, dynamics, undefined),
    dynamicsId: dynamics.id,
    activeCampaignId: null,
  }
  const { keyField } = context
  if (!keyFits(context, subject, 'dynamics', keyField && dynamics.fields[keyField.dynamics])) return
  const draft = emptyDraft()
  for (const field of entity.fields) {
    const source = dynamics.fields[field.dynamics] ?? null
    const converted = field.toActiveCampaign(source)
    if (field.direction === 'inbound' || arrivesBlank(converted, 'activeCampaign')) {
      settleNow(draft, field, source, null)
      continue
    }
    if (converted.ok) writeActiveCampaign(draft, field, source, null, converted.value, 'created')
    else holdBadValue(ledger, subject, field, 'dynamics', converted.message)
  }
  rememberConsent(draft, consentBase(context, dynamics.fields))
  accountOfNewContact(context, subject, dynamics, draft)
  const { settledNow, settledByActiveCampaign: settled, account } = draft
  const preconditions = { dynamicsEtag: dynamics.etag }
  const create = counterpartActions(entity.entity).create({
    ...subject,
    because: `In scope (${entity.scopeSentence}), and nobody in ActiveCampaign has its ${keyName(context, 'activeCampaign')}.`,
    changes: draft.toActiveCampaign,
    ...marksOfNewContact(context),
    settles: {
      dynamics: { ...settledNow.dynamics, ...settled.dynamics },
      activeCampaign: { ...settledNow.activeCampaign, ...settled.activeCampaign },
    },
    preconditions,
  })
  enterAction(ledger, create)
  if (account === undefined) return
  enterAction(
    ledger,
    SetActiveCampaignAccount.create({
      ...subject,
      ...account,
      because: 'The new contact gets the account that its row has.',
      preconditions,
      dependsOn: [create.id, ...account.dependsOn],
    }),
  )
}

/** A contact becomes a D365 row, under the GUID made from its id. */
export const createRowFor = (context: BatchContext, activeCampaign: ActiveCampaignObservation): void => {
  const { ledger, entity, settings, keyField } = context
  const dynamicsId = dynamicsIdFor(activeCampaign.id, entity.entity, settings.tenant)
  const asItIs = subjectOf(context, undefined, activeCampaign)
  const key = keyField && activeCampaign.fields[keyField.activeCampaign]
  if (!keyFits(context, asItIs, 'activeCampaign', key)) return
  const subject = {
    ...asItIs,
    dynamicsId,
    activeCampaignId: activeCampaign.id,
  }
  const draft = emptyDraft()
  for (const field of entity.fields) {
    const source = activeCampaign.fields[field.activeCampaign] ?? null
    const converted = field.toDynamics(source)
    const isBlank = field.sameInActiveCampaign(source, null) || arrivesBlank(converted, 'dynamics')
    if (field.direction === 'outbound' || isBlank) {
      settleNow(draft, field, null, source)
      continue
    }
    if (converted.ok) writeDynamics(draft, field, source, null, converted.value, 'created')
    // The row must be there first; then it is a change like any other.
    else if (converted.code === 'not-writable') settleNow(draft, field, null, null)
    else holdBadValue(ledger, subject, field, 'activeCampaign', converted.message)
  }
  rememberConsent(draft, consentBase(context, {}))
  if (flowsIn(context) && isOffAll(participatingLists(context, activeCampaign) ?? [])) {
    const change = optOutChange(context, {})
    draft.toDynamics.push(change)
    draft.settledByDynamics.dynamics[change.field] = change.after
  }
  accountOfNewRow(context, subject, activeCampaign, draft)
  const { settledNow, settledByDynamics: settled } = draft
  const settles = {
    dynamics: { ...settledNow.dynamics, ...settled.dynamics },
    activeCampaign: { ...settledNow.activeCampaign, ...settled.activeCampaign },
  }
  enterAction(
    ledger,
    CreateDynamicsRecord.create({
      ...subject,
      because: `No row in Dynamics 365 has its ${keyName(context, 'dynamics')}, and it is asked for (createInDynamics: ${entity.createInDynamics}).`,
      changes: draft.toDynamics,
      settles,
      preconditions: contactPrecondition(activeCampaign, {
        ...settles,
        // All that is read of it: what is not mapped may say that it becomes a row.
        activeCampaign: { ...activeCampaign.fields, ...settles.activeCampaign },
      }),
      dependsOn: draft.dynamicsWaitsFor,
    }),
  )
  planMarks(context, { dynamics: { id: dynamicsId }, activeCampaign }, subject, [
    actionIdFor('create-dynamics-record', subject),
  ])
}
