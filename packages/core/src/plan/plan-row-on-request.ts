import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ActiveCampaignObservation } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { holdRecord } from './hold-field.ts'
import { enterNeed, enterSkip } from './ledger.ts'
import { marks } from './marks.ts'
import { flowsIn } from './opt-out.ts'
import { createRowFor } from './plan-creation.ts'
import { otherTable } from './speaker.ts'
import { subjectOf } from './subject.ts'

/** The tag by which an automation asks for a D365 row, as the official app names it. */
const creationTag = { contacts: marks.contacts, leads: marks.leads, accounts: '', opportunities: '' }

/**
 * Had a row once: it came from D365, or its request was fulfilled. That the row is gone is no reason to make it again; asked for
 * anew it is where somebody takes this tag off.
 */
const originOf = (tags: readonly string[] = []): string | undefined =>
  [marks.pushed, marks.pulled].find((mark) => tags.includes(mark))

const whyNotAgain = (origin: string): string =>
  origin === marks.pushed
    ? `It came from Dynamics 365 (${origin}), and no row there has its key any more.`
    : `Its row was made (${origin}), and no row in Dynamics 365 has its key any more; take this tag off to ask for one again.`

/** Whether something that a rule depends on has been read; asks for it, and holds the record, if not. */
const isRead = (
  { ledger, entity }: BatchContext,
  contact: ActiveCampaignObservation,
  subject: Subject,
  what: 'tags' | 'lists',
): boolean => {
  if (contact[what] !== undefined) return true
  enterNeed(ledger, { kind: `active-campaign-${what}`, entity: entity.entity, id: contact.id })
  holdRecord(ledger, subject, 'not-known-yet', {
    message: `The ${what} of the contact have not been read yet.`,
    resolve: ['Read them and plan again.'],
  })
  return false
}

/** Whoever opted out in ActiveCampaign gets a row that says so from the beginning. */
const createOnceRead = (
  context: BatchContext,
  contact: ActiveCampaignObservation,
  subject: Subject,
): void => {
  if (flowsIn(context) && !isRead(context, contact, subject, 'lists')) return
  createRowFor(context, contact)
}

/** `createInDynamics: all`: whether the contact meets the inbound scope. */
const createIfInScope = (
  context: BatchContext,
  contact: ActiveCampaignObservation,
  subject: Subject,
): void => {
  const { ledger, settings } = context
  const { inboundScope } = context.entity
  if (inboundScope.fields.includes('tags') && !isRead(context, contact, subject, 'tags')) return
  const onLists = inboundScope.fields.includes('lists') || inboundScope.fields.includes('status')
  if (onLists && !isRead(context, contact, subject, 'lists')) return
  if (meets(context.entity, contact, settings.nowMs)) createOnceRead(context, contact, subject)
  else enterSkip(ledger, subject, 'not-asked-for', `Not among those to create: ${inboundScope.sentence}.`)
}

const meets = (
  { inboundScope }: CompiledEntity,
  contact: ActiveCampaignObservation,
  nowMs: number | undefined,
) => {
  const { fields, tags = [], lists = [] } = contact
  const status = [...new Set(lists.map((list) => list.status))]
  return inboundScope.test({ ...fields, tags, lists: lists.map(({ name }) => name), status }, nowMs)
}

/** Whether the table that speaks for people asks for a row of this contact too: it then makes the only one. */
const speakerAsksToo = (context: BatchContext, contact: ActiveCampaignObservation): boolean => {
  const speaker = otherTable(context)
  if (speaker === undefined || speaker.direction === 'outbound') return false
  return speaker.createInDynamics === 'tagged'
    ? contact.tags?.includes(creationTag[speaker.entity]) === true && originOf(contact.tags) === undefined
    : speaker.createInDynamics === 'all' && meets(speaker, contact, context.settings.nowMs)
}

/** A contact that only ActiveCampaign has becomes a row where an automation, or the definition, asks for it. */
export const createIfAskedFor = (context: BatchContext, contact: ActiveCampaignObservation): void => {
  const { ledger, entity } = context
  const subject = subjectOf(context, undefined, contact)
  if (entity.direction === 'outbound') {
    enterSkip(ledger, subject, 'direction', 'This entity flows from Dynamics 365 only.')
  } else if (entity.createInDynamics === 'never') {
    const message = 'No row in Dynamics 365, and the definition creates none (createInDynamics: never).'
    enterSkip(ledger, subject, 'not-asked-for', message)
  } else if (speakerAsksToo(context, contact)) {
    enterSkip(ledger, subject, 'other-entity-speaks', 'The other table makes the row of this person.')
  } else if (entity.createInDynamics === 'all') createIfInScope(context, contact, subject)
  else if (isRead(context, contact, subject, 'tags')) {
    const tag = creationTag[entity.entity]
    const origin = originOf(contact.tags)
    if (origin !== undefined) enterSkip(ledger, subject, 'not-asked-for', whyNotAgain(origin))
    else if (contact.tags?.includes(tag) === true) createOnceRead(context, contact, subject)
    else {
      const message = `No row in Dynamics 365, and no tag ${tag} that asks for one.`
      enterSkip(ledger, subject, 'not-asked-for', message)
    }
  }
}
