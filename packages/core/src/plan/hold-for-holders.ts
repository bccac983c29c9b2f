import type { MatchRule } from '@dynacamp/mapping-dsl'
import type { Subject } from '../model/outcome.ts'
import type { KeyHolders } from '../model/record.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { rivalsOf } from './eligible.ts'
import { holdRecord } from './hold-field.ts'
import { enterNeed } from './ledger.ts'
import { activeCampaignHoldCandidate, dynamicsHoldCandidate } from './subject.ts'

/** Holds a record until somebody has looked who else has its key, and asks for that. */
export const holdForHolders = ({ ledger, entity }: BatchContext, subject: Subject, key: string): void => {
  enterNeed(ledger, { kind: 'key-holders', entity: entity.entity, key })
  holdRecord(ledger, subject, 'not-known-yet', {
    message: 'Nobody has looked yet who else has this key.',
    resolve: ['Look it up and plan again.'],
  })
}

/** Everybody else with the key, on both sides. */
const othersOf = (context: BatchContext, subject: Subject, holders: KeyHolders) => [
  ...rivalsOf(context, holders)
    .filter(({ observation }) => observation.id !== subject.dynamicsId)
    .map((row) => dynamicsHoldCandidate(context, row)),
  ...holders.activeCampaign
    .filter(({ observation }) => observation.id !== subject.activeCampaignId)
    .map((contact) => activeCampaignHoldCandidate(context, contact)),
]

/** Holds a record that shares its key with others, so that none of them overwrites another through the one contact. */
export const holdSharedKey = (
  context: BatchContext,
  subject: Subject,
  holders: KeyHolders,
  message: string,
  rule = context.rule,
): void => {
  holdRecord(context.ledger, subject, 'shared-key', {
    message: `${keyName({ rule }, 'dynamics')} is shared: ${message}`,
    resolve: [
      ...(context.entity.entity === 'accounts'
        ? ['Merge the records that are one company.', 'Give each company a name of its own.']
        : ['Merge the records that are one person.', 'Give each person an address of their own.']),
      'Narrow the scope so that only one of them is in it, or declare who speaks (sharedEmail).',
    ],
    candidates: othersOf(context, subject, holders),
  })
}

/** Holds a record whose counterpart by key belongs to another record already. */
export const holdLinkedElsewhere = (
  context: BatchContext,
  subject: Subject,
  holders: KeyHolders,
  message: string,
): void => {
  holdRecord(context.ledger, subject, 'linked-elsewhere', {
    message,
    resolve: [`Merge the two records, or give one of them another ${keyName(context, 'activeCampaign')}.`],
    candidates: othersOf(context, subject, holders),
  })
}

/**
 * Holds two records that a later rule finds to be alike while each has an identity of its own: two people may share a
 * telephone, and one person may have two addresses.
 */
export const holdIdentityDiffers = (
  context: BatchContext,
  subject: Subject,
  holders: KeyHolders,
  { dynamics }: MatchRule,
): void => {
  const identity = `${keyName(context, 'dynamics')} and ${keyName(context, 'activeCampaign')}`
  holdRecord(context.ledger, subject, 'identity-differs', {
    message: `${dynamics} is the same on both sides, but ${identity} differ: this may be one person or two.`,
    resolve: [
      `One person: make ${identity} equal.`,
      `Two people: correct ${dynamics}, or clear it, on one side.`,
    ],
    candidates: othersOf(context, subject, holders),
  })
}
