import type { Fields } from '@dynacamp/mapping-dsl'
import { actionIdFor } from '../actions/action-id.ts'
import { ResubscribeActiveCampaignContact } from '../actions/resubscribe-active-campaign-contact.ts'
import type { FieldChange } from '../model/field-change.ts'
import { type Base, unsubscribedBySync } from '../model/link.ts'
import type { ListStatus } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { enterAction, enterNeed } from './ledger.ts'
import {
  consentColumns,
  isRefused,
  nobodyRefuses,
  optedOut,
  refusalOf,
  takesPart,
  unsubscribe,
} from './opt-out.ts'
import { type OwnUnsubscribe, ownUnsubscribes, rememberUnsubscribes } from './own-unsubscribes.ts'
import type { Pair } from './pair.ts'
import { participatingLists, sortedIds, subscribed } from './participating-lists.ts'

/** What consent adds to a pair's own changes. */
export interface ConsentDraft {
  /** "Do not e-mail" to be set in D365. */
  readonly change: FieldChange | undefined
  /** What both sides agree on and the base does not know yet. */
  readonly settles: Base | undefined
  /** An action of its own was entered. */
  readonly acted: boolean
}

const nothing: ConsentDraft = Object.freeze({ change: undefined, settles: undefined, acted: false })
const acted: ConsentDraft = Object.freeze({ ...nothing, acted: true })

/** What the base should know of the columns when both sides are as they are now. */
export const consentBase = (context: BatchContext, fields: Fields): Fields =>
  takesPart(context) ? consentColumns(context, fields) : {}

/** Whether consent could have anything to say on a pair in which no mapped field changed. Allocates nothing. */
export const consentMatters = (context: BatchContext, pair: Pair): boolean =>
  takesPart(context) && (pair.activeCampaign.lists !== undefined || optedOut(context, pair.dynamics))

/** On lists, and subscribed to none of them any more. */
export const isOffAll = (lists: readonly ListStatus[]): boolean =>
  lists.length > 0 && subscribed(lists).length === 0

/** "Do not e-mail", as the lists say it. */
export const optOutChange = ({ definition }: BatchContext, fields: Fields): FieldChange => {
  const [field = 'donotbulkemail'] = definition.optOut.columns
  const message = 'The person is on no list any more in ActiveCampaign; opting out wins over opting in.'
  const reason = { code: 'opt-out-wins' as const, message }
  return { key: 'opt-out', field, before: fields[field] ?? null, after: true, reason, sensitive: false }
}

/** What the base should remember, where it does not yet. */
const unknownYet = (
  base: Base | undefined,
  dynamics: Fields,
  own: readonly OwnUnsubscribe[],
): Base | undefined => {
  const columnsKnown = Object.entries(dynamics).every(([name, value]) => base?.dynamics[name] === value)
  const remembered = rememberUnsubscribes(own)
  const was = base?.activeCampaign[unsubscribedBySync] ?? ''
  const ownKnown = was === remembered[unsubscribedBySync]
  if (columnsKnown && ownKnown) return undefined
  return { dynamics: columnsKnown ? {} : dynamics, activeCampaign: ownKnown ? {} : remembered }
}

/** What is remembered of consent: by the link, or by the one that is taken over, where it was to the same contact. */
const memoryOf = ({ link, takesOver, activeCampaign }: Pair): Base | undefined => {
  if (link !== undefined) return link.base
  return takesOver?.link.activeCampaignId === activeCampaign.id ? takesOver.link.base : undefined
}

/** The memory of a link that is taken over: the new one has it from its first moment on, whatever comes of what is to follow. */
const passedOn = (memory: Base | undefined, dynamics: Fields): ConsentDraft => {
  const own = memory?.activeCampaign[unsubscribedBySync]
  if (own === undefined) return nothing
  return { ...nothing, settles: { dynamics, activeCampaign: { [unsubscribedBySync]: own } } }
}

/**
 * Opting out follows the person, the most restrictive side wins: `donotbulkemail` unsubscribes, unsubscribing sets
 * `donotbulkemail`. What the sync itself unsubscribed is no word of the person. Opting in follows nobody, unless the definition
 * says so in as many words and D365 recorded the change from "do not" to "allow" since the base; then it undoes what the sync
 * itself did, and nothing else.
 */
export const planConsent = (context: BatchContext, pair: Pair, subject: LinkedSubject): ConsentDraft => {
  if (!takesPart(context)) return nothing
  const { ledger, definition, entity } = context
  const { direction, columns, resubscribe } = definition.optOut
  const { dynamics: row, activeCampaign: contact } = pair
  const base = pair.link?.base
  const memory = memoryOf(pair)
  const outbound = direction !== 'inbound'
  const known = consentColumns(context, row.fields)
  const wasAllowed = columns.every((column) => memory?.dynamics[column] === false)
  const lists = participatingLists(context, contact)
  if (lists === undefined) {
    const refusal = outbound ? refusalOf(context, row, contact) : nobodyRefuses
    if (refusal !== 'unknown' && refusal.because !== undefined)
      enterNeed(ledger, { kind: 'active-campaign-lists', entity: entity.entity, id: contact.id })
    return base === undefined ? passedOn(memory, wasAllowed && !optedOut(context, row) ? known : {}) : nothing
  }
  const dependsOn =
    pair.link === undefined
      ? [actionIdFor(pair.takesOver === undefined ? 'link-records' : 'move-link', subject)]
      : []
  const own = ownUnsubscribes(memory, contact.lists ?? [])
  const settles = unknownYet(base, known, own)
  const ofOwn = own.filter(({ id }) => lists.some((list) => list.id === id))
  const allowedAgain =
    outbound &&
    resubscribe !== 'never' &&
    columns.some((column) => base?.dynamics[column] === true) &&
    columns.every((column) => row.fields[column] === false) &&
    ofOwn.length > 0
  const isOn = subscribed(lists).length > 0
  const refusal = outbound && (isOn || allowedAgain) ? refusalOf(context, row, contact) : nobodyRefuses
  if (refusal === 'unknown') return nothing
  if (refusal.because !== undefined) {
    const { because } = refusal
    if (unsubscribe(context, { subject, contact, base: memory, row, because, dependsOn }))
      return base === undefined ? { ...passedOn(memory, {}), acted: true } : acted
  }
  const comesBack = allowedAgain && !isRefused(refusal)
  const back = sortedIds(ofOwn.flatMap(({ id, confirmed }) => (confirmed ? [id] : [])))
  if (comesBack && back.length > 0) {
    const left = own.filter(({ id }) => !back.includes(id))
    enterAction(
      ledger,
      ResubscribeActiveCampaignContact.create({
        ...subject,
        because: 'Dynamics 365 allows e-mail again, and the definition says to resubscribe then.',
        lists: back,
        changes: [],
        settles: { dynamics: known, activeCampaign: rememberUnsubscribes(left) },
        preconditions: { dynamicsEtag: row.etag },
        dependsOn,
      }),
    )
    return acted
  }
  const bySyncAlone = (wasAllowed || comesBack) && ofOwn.length === lists.length
  if (isOffAll(lists) && !optedOut(context, row) && direction !== 'outbound' && !bySyncAlone) {
    const remembered = settles && { dynamics: {}, activeCampaign: settles.activeCampaign }
    const forgets = remembered !== undefined && Object.keys(remembered.activeCampaign).length > 0
    return {
      change: optOutChange(context, row.fields),
      settles: forgets ? remembered : undefined,
      acted: false,
    }
  }
  return { change: undefined, settles, acted: false }
}
