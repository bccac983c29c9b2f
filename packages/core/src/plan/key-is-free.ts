import type { CompiledField, FieldValue } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import { activeCampaignKey } from '../match/match-key.ts'
import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { holdField } from './hold-field.ts'
import { enterNeed } from './ledger.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate } from './subject.ts'

/**
 * Whether a linked contact may take a new e-mail. ActiveCampaign refuses one that another contact has, and two D365 rows
 * with one e-mail must not meet in one contact; so the field is held instead, with everyone who has it.
 */
export const keyIsFree = (
  context: BatchContext,
  subject: Subject,
  field: CompiledField,
  value: FieldValue,
  before: FieldValue,
): boolean => {
  const { ledger, rule, entity } = context
  if (isBlank(value)) {
    const message = `An ActiveCampaign contact cannot be without ${field.activeCampaign}.`
    holdField(ledger, subject, field, 'malformed-key', {
      message,
      resolve: [`Set ${field.dynamics} in Dynamics 365.`],
    })
    return false
  }
  const match = activeCampaignKey(rule, { [field.activeCampaign]: value })
  const now = activeCampaignKey(rule, { [field.activeCampaign]: before })
  if (match.kind !== 'key' || (now.kind === 'key' && now.key === match.key)) return true
  const holders = context.holdersOf(match.key)
  if (holders === undefined) {
    enterNeed(ledger, { kind: 'key-holders', entity: entity.entity, key: match.key })
    const message = `Nobody has looked yet who has this ${field.activeCampaign}.`
    holdField(ledger, subject, field, 'not-known-yet', { message, resolve: ['Look it up and plan again.'] })
    return false
  }
  const rows = rivalsOf(context, holders).filter(({ observation }) => observation.id !== subject.dynamicsId)
  const contacts = holders.activeCampaign.filter(
    ({ observation }) => observation.id !== subject.activeCampaignId,
  )
  if (rows.length === 0 && contacts.length === 0) return true
  const candidates = [
    ...rows.map((row) => dynamicsHoldCandidate(context, row)),
    ...contacts.map((contact) => activeCampaignHoldCandidate(context, contact)),
  ]
  const message = `Another record has this ${field.activeCampaign} already.`
  const resolve = [
    'Merge the records that share it, or give one of them another one.',
    'Where the other record is about to give it up, nothing is to be done: the next run goes on.',
  ]
  holdField(ledger, subject, field, contacts.length > 0 ? 'key-taken' : 'shared-key', {
    message,
    resolve,
    candidates,
  })
  return false
}
