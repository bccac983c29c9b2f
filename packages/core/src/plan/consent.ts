import type { Fields } from '@dynacamp/mapping-dsl'
import { actionIdFor } from '../actions/action-id.ts'
import { ResubscribeActiveCampaignContact } from '../actions/resubscribe-active-campaign-contact.ts'
import { UnsubscribeActiveCampaignContact } from '../actions/unsubscribe-active-campaign-contact.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { BatchContext } from './batch-context.ts'
import { enterAction, enterNeed } from './ledger.ts'
import type { Pair } from './pair.ts'
import { participatingLists, subscribed } from './participating-lists.ts'
import type { LinkedSubject } from './plan-departure.ts'

/** What consent adds to a pair's own changes. */
export interface ConsentDraft {
  /** "Do not e-mail" to be set in D365. */
  readonly change: FieldChange | undefined
  /** Columns that both sides agree on and that the base does not know yet. */
  readonly settles: Fields | undefined
  /** An action of its own was entered. */
  readonly acted: boolean
}

const nothing: ConsentDraft = Object.freeze({ change: undefined, settles: undefined, acted: false })
const acted: ConsentDraft = Object.freeze({ ...nothing, acted: true })

/** Whether the pair takes part in opting out at all. */
const takesPart = ({ definition, entity }: BatchContext): boolean =>
  definition.optOut.direction !== 'off' && (entity.entity === 'contacts' || entity.entity === 'leads')

/** What the base should know of the columns when both sides are as they are now. */
export const consentBase = (context: BatchContext, fields: Fields): Fields =>
  takesPart(context) ? columnsOf(context.definition.optOut.columns, fields) : {}

/** Whether consent could have anything to say on a pair in which no mapped field changed. Allocates nothing. */
export const consentMatters = (context: BatchContext, pair: Pair): boolean =>
  takesPart(context) &&
  (pair.activeCampaign.lists !== undefined ||
    context.definition.optOut.columns.some((column) => pair.dynamics.fields[column] === true))

const columnsOf = (columns: readonly string[], fields: Fields): Fields =>
  Object.fromEntries(columns.map((column) => [column, fields[column] === true]))

/**
 * Opting out follows the person, the most restrictive side wins: `donotbulkemail` unsubscribes, unsubscribing sets
 * `donotbulkemail`. Opting in follows nobody, unless the definition says so in as many words and D365 recorded the change
 * from "do not" to "allow" since the base.
 */
export const planConsent = (context: BatchContext, pair: Pair, subject: LinkedSubject): ConsentDraft => {
  if (!takesPart(context)) return nothing
  const { ledger, definition, entity } = context
  const { direction, columns, resubscribe } = definition.optOut
  const { fields } = pair.dynamics
  const base = pair.link?.base.dynamics ?? {}
  const optedOutInDynamics = columns.some((column) => fields[column] === true)
  const lists = participatingLists(context, pair.activeCampaign)
  if (lists === undefined) {
    const matters = optedOutInDynamics && direction !== 'inbound'
    if (matters)
      enterNeed(ledger, { kind: 'active-campaign-lists', entity: entity.entity, id: pair.activeCampaign.id })
    return nothing
  }
  const active = subscribed(lists)
  const optedOutInActiveCampaign = lists.length > 0 && active.length === 0
  const known = columnsOf(columns, fields)
  const settles = columns.every((column) => base[column] === known[column]) ? undefined : known
  const action = {
    ...subject,
    changes: [],
    preconditions: { dynamicsEtag: pair.dynamics.etag },
    dependsOn:
      pair.link === undefined
        ? [actionIdFor(pair.takesOver === undefined ? 'link-records' : 'move-link', subject)]
        : [],
  }
  const settled = { dynamics: known, activeCampaign: {} }

  if (optedOutInDynamics && active.length > 0 && direction !== 'inbound') {
    const because = 'The person opted out of e-mail in Dynamics 365.'
    enterAction(
      ledger,
      UnsubscribeActiveCampaignContact.create({ ...action, because, lists: active, settles: settled }),
    )
    return acted
  }
  if (optedOutInActiveCampaign && !optedOutInDynamics && direction !== 'outbound') {
    const allowedAgain = columns.some((column) => base[column] === true)
    const back = lists.filter(({ status }) => status === 'unsubscribed').map(({ id }) => id)
    if (allowedAgain && resubscribe !== 'never' && back.length > 0 && direction !== 'inbound') {
      const because = 'Dynamics 365 allows e-mail again, and the definition says to resubscribe then.'
      enterAction(
        ledger,
        ResubscribeActiveCampaignContact.create({ ...action, because, lists: back, settles: settled }),
      )
      return acted
    }
    const [column = 'donotbulkemail'] = columns
    const message = 'The person is on no list any more in ActiveCampaign; opting out wins over opting in.'
    const reason = { code: 'opt-out-wins' as const, message }
    const before = fields[column] ?? null
    return {
      change: { key: 'opt-out', field: column, before, after: true, reason, sensitive: false },
      settles: undefined,
      acted: false,
    }
  }
  return { change: undefined, settles, acted: false }
}
