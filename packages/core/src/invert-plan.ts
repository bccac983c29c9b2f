import { type Action, assertNever } from './actions/action.ts'
import { SetActiveCampaignAccount } from './actions/set-active-campaign-account.ts'
import { UnsubscribeActiveCampaignContact } from './actions/unsubscribe-active-campaign-contact.ts'
import { UpdateActiveCampaignAccount } from './actions/update-active-campaign-account.ts'
import { UpdateActiveCampaignContact } from './actions/update-active-campaign-contact.ts'
import { UpdateActiveCampaignRecord } from './actions/update-active-campaign-record.ts'
import { UpdateDynamicsRecord } from './actions/update-dynamics-record.ts'
import { hashFields } from './hash-fields.ts'
import { isBlank } from './is-blank.ts'
import { contactRelationship } from './model/custom-object.ts'
import type { FieldChange } from './model/field-change.ts'
import type { Subject } from './model/outcome.ts'
import type { Plan } from './model/plan.ts'
import { counterpartActions, counterpartName } from './plan/counterpart-actions.ts'
import { finishPlan } from './plan/finish-plan.ts'
import { enterAction, type Ledger, openLedger } from './plan/ledger.ts'
import { rememberAgain } from './plan/own-unsubscribes.ts'

const because = 'Undoes an earlier plan.'

const subjectOf = <A extends Subject>({ entity, dynamicsId, activeCampaignId, title }: A) => ({
  entity,
  dynamicsId,
  activeCampaignId,
  title,
})

const swapped = (changes: readonly FieldChange[]): readonly FieldChange[] =>
  changes.map((change) => ({
    ...change,
    before: change.after,
    after: change.before,
    reason: { code: 'undo', message: because },
  }))

/** What the written side holds before, or after, an update. */
const valuesOf = (changes: readonly FieldChange[], when: 'before' | 'after') =>
  Object.fromEntries(changes.map((change) => [change.field, change[when]]))

type CounterpartUpdate = UpdateActiveCampaignContact | UpdateActiveCampaignAccount

const undoCounterpartUpdate = (action: CounterpartUpdate, after: readonly string[]): CounterpartUpdate => {
  const names = action.changes.map(({ field }) => field)
  const { update } = counterpartActions(action.entity)
  return update({
    ...subjectOf(action),
    dynamicsId: action.dynamicsId,
    activeCampaignId: action.activeCampaignId,
    because,
    changes: swapped(action.changes),
    // The difference is meant: remembered as the base, it is not taken for a change by the next plan.
    settles: { dynamics: action.settles.dynamics, activeCampaign: valuesOf(action.changes, 'before') },
    preconditions: {
      activeCampaignHash: hashFields(valuesOf(action.changes, 'after'), names),
      activeCampaignFields: names,
    },
    dependsOn: after,
  })
}

/** The contact goes back to the account it had; undefined where the plan itself made one of the two. */
const undoAccount = (action: SetActiveCampaignAccount): SetActiveCampaignAccount | undefined => {
  const { activeCampaignId, account, changes, dynamicsId } = action
  const made = account !== null && account.activeCampaignId === null
  if (activeCampaignId === null || made) return undefined
  const names = changes.map(({ field }) => field)
  const [before] = changes.map((change) => change.before)
  return SetActiveCampaignAccount.create({
    ...subjectOf(action),
    dynamicsId,
    activeCampaignId,
    account: isBlank(before) ? null : { activeCampaignId: String(before), dynamicsId: null, title: null },
    because,
    changes: swapped(changes),
    settles: { dynamics: action.settles.dynamics, activeCampaign: valuesOf(changes, 'before') },
    preconditions: {
      activeCampaignHash: hashFields(valuesOf(changes, 'after'), names),
      activeCampaignFields: names,
    },
  })
}

/** Puts a record on the contact that it is shown on, where it was on none before. */
const isPlaced = ({ field, before }: FieldChange): boolean => field === contactRelationship && isBlank(before)

const undoRecordUpdate = (action: UpdateActiveCampaignRecord): UpdateActiveCampaignRecord => {
  const changes = action.changes.filter((change) => !isPlaced(change))
  const moved = changes.find(({ field }) => field === contactRelationship)
  const names = changes.map(({ field }) => field)
  return UpdateActiveCampaignRecord.create({
    ...subjectOf(action),
    dynamicsId: action.dynamicsId,
    activeCampaignId: action.activeCampaignId,
    contact:
      action.contact === null || moved === undefined
        ? null
        : { ...action.contact, activeCampaignId: String(moved.before) },
    because,
    changes: swapped(changes),
    settles: { dynamics: action.settles.dynamics, activeCampaign: valuesOf(changes, 'before') },
    preconditions: {
      activeCampaignHash: hashFields(valuesOf(changes, 'after'), names),
      activeCampaignFields: names,
    },
  })
}

/** An undo relaxes no consent: an opt-out that was written stays. */
const isConsent = ({ reason }: FieldChange): boolean => reason.code === 'opt-out-wins'

const undoRowUpdate = (action: UpdateDynamicsRecord): UpdateDynamicsRecord => {
  const changes = action.changes.filter((change) => !isConsent(change))
  const names = changes.map(({ field }) => field)
  return UpdateDynamicsRecord.create({
    ...subjectOf(action),
    dynamicsId: action.dynamicsId,
    activeCampaignId: action.activeCampaignId,
    because,
    changes: swapped(changes),
    settles: { dynamics: valuesOf(changes, 'before'), activeCampaign: action.settles.activeCampaign },
    preconditions: {
      dynamicsHash: hashFields(valuesOf(changes, 'after'), names),
      dynamicsFields: names,
    },
  })
}

const enterInverse = (ledger: Ledger, action: Action, after: readonly string[]): void => {
  const cannot = (message: string) => {
    // One for each action: of a record there may be several that stay.
    const id = `skip:${action.id}`
    ledger.skips.set(id, { id, ...subjectOf(action), reason: { code: 'cannot-undo', message } })
  }
  switch (action.kind) {
    case 'update-active-campaign-contact':
    case 'update-active-campaign-account':
      enterAction(ledger, undoCounterpartUpdate(action, after))
      return
    case 'set-active-campaign-account': {
      const undo = undoAccount(action)
      if (undo === undefined)
        cannot('The plan itself made the contact or its account, and they stay together.')
      else enterAction(ledger, undo)
      return
    }
    case 'update-dynamics-record':
      if (action.changes.some(isConsent)) cannot('Nobody is opted in again by an undo.')
      if (!action.changes.every(isConsent)) enterAction(ledger, undoRowUpdate(action))
      return
    case 'resubscribe-active-campaign-contact': {
      const { lists, dynamicsId, activeCampaignId } = action
      // Off the lists by the sync, as before: nobody's word, so that no opt-out in D365 follows.
      const settles = { dynamics: {}, activeCampaign: rememberAgain(action.settles.activeCampaign, lists) }
      const allowing = Object.keys(action.settles.dynamics)
      const preconditions = {
        dynamicsHash: hashFields(action.settles.dynamics, allowing),
        dynamicsFields: allowing,
      }
      const input = {
        ...subjectOf(action),
        dynamicsId,
        activeCampaignId,
        because,
        lists,
        changes: [],
        settles,
      }
      enterAction(ledger, UnsubscribeActiveCampaignContact.create({ ...input, preconditions }))
      return
    }
    case 'create-active-campaign-contact':
    case 'create-active-campaign-account':
    case 'create-dynamics-record':
    case 'create-active-campaign-record':
      cannot('It was created, and an undo deletes nothing: delete it by hand where it is not wanted.')
      return
    case 'create-custom-object':
    case 'extend-custom-object':
      cannot('A custom object and its fields are permanent.')
      return
    case 'update-active-campaign-record':
      if (action.changes.some(isPlaced)) cannot('The record was on no contact before, and stays on this one.')
      if (!action.changes.every(isPlaced)) enterAction(ledger, undoRecordUpdate(action))
      return
    case 'link-records':
      cannot('The two stay linked.')
      return
    case 'add-active-campaign-tags':
      cannot('Tags stay: take them off by hand where they are not wanted.')
      return
    case 'move-link':
      cannot(`The row stays linked to ${counterpartName(action.entity)} ${action.activeCampaignId}.`)
      return
    case 'unlink-records':
      cannot('The link was forgotten; the next plan matches the two again if they still belong together.')
      return
    case 'unsubscribe-active-campaign-contact':
      cannot('Nobody is subscribed again by an undo.')
      return
    case 'deactivate-dynamics-record':
      cannot(
        action.entity === 'leads'
          ? 'The lead was disqualified: reopen it by hand in Dynamics 365.'
          : 'The row was set inactive: activate it by hand in Dynamics 365.',
      )
      return
    case 'delete-active-campaign-contact':
    case 'delete-active-campaign-account':
    case 'delete-dynamics-record':
      cannot('It was deleted, and cannot be brought back.')
      return
    default:
      assertNever(action)
  }
}

/**
 * Contacts that waited for another one to give its e-mail up must give it back first. An undo of an update has the id of the
 * update.
 */
const waitingFor = ({ actions }: Pick<Plan, 'actions'>): ReadonlyMap<string, readonly string[]> => {
  const waiting = new Map<string, string[]>()
  for (const action of actions) {
    if (!(UpdateActiveCampaignContact.is(action) || UpdateActiveCampaignAccount.is(action))) continue
    for (const id of action.dependsOn) waiting.set(id, [...(waiting.get(id) ?? []), action.id])
  }
  return waiting
}

/**
 * The plan that takes back what another plan wrote: every value is set back to what it was, where it still is what that
 * plan made of it. What cannot be taken back is said as a skip `cannot-undo`. The difference it leaves between the two
 * sides is remembered as meant: the next plan does not write it again. Guards are not measured: it changes nobody whom
 * that plan did not change, and a person asks for it.
 *
 * @example
 * const undo = invertPlan(plan)
 * renderPlan(undo, 'text') // read it, then apply it like any other plan
 */
export const invertPlan = (plan: Pick<Plan, 'actions' | 'definitionHash' | 'entities'>): Plan => {
  const ledger = openLedger()
  const waiting = waitingFor(plan)
  for (const action of plan.actions) enterInverse(ledger, action, waiting.get(action.id) ?? [])
  return finishPlan(ledger, plan.definitionHash, plan.entities, [])
}
