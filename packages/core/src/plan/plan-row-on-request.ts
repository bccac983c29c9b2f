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
const originOf = ({ tags }: ActiveCampaignObservation): string | undefined =>
  [marks.pushed, marks.pulled].find((mark) => tags?.includes(mark))

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

/** Whether all that decides if a table makes a row of the contact has been read; asks for it, and holds the record, if not. */
const isReadFor = (
  context: BatchContext,
  { createInDynamics, inboundScope: { fields } }: CompiledEntity,
  contact: ActiveCampaignObservation,
  subject: Subject,
): boolean => {
  const onTags = createInDynamics === 'tagged' || fields.includes('tags')
  const onLists = fields.includes('lists') || fields.includes('status')
  return (
    (!onTags || isRead(context, contact, subject, 'tags')) &&
    (!onLists || isRead(context, contact, subject, 'lists'))
  )
}

const meets = (
  { inboundScope }: CompiledEntity,
  { fields, tags = [], lists = [] }: ActiveCampaignObservation,
  nowMs: number | undefined,
): boolean => {
  const status = [...new Set(lists.map((list) => list.status))]
  return inboundScope.test({ ...fields, tags, lists: lists.map(({ name }) => name), status }, nowMs)
}

/** Why a table makes no row of a contact, as a sentence; undefined where it makes one. */
const whyNone = (
  { settings }: BatchContext,
  table: CompiledEntity,
  contact: ActiveCampaignObservation,
): string | undefined => {
  const { createInDynamics, inboundScope } = table
  if (createInDynamics === 'never')
    return 'No row in Dynamics 365, and the definition creates none (createInDynamics: never).'
  if (createInDynamics === 'all')
    return meets(table, contact, settings.nowMs)
      ? undefined
      : `Not among those to create: ${inboundScope.sentence}.`
  const origin = originOf(contact)
  if (origin !== undefined) return whyNotAgain(origin)
  const tag = creationTag[table.entity]
  return contact.tags?.includes(tag)
    ? undefined
    : `No row in Dynamics 365, and no tag ${tag} that asks for one.`
}

/** A contact that only ActiveCampaign has becomes a row where an automation, or the definition, asks for it. */
export const createIfAskedFor = (context: BatchContext, contact: ActiveCampaignObservation): void => {
  const { ledger, entity } = context
  const subject = subjectOf(context, undefined, contact)
  if (entity.direction === 'outbound') {
    enterSkip(ledger, subject, 'direction', 'This entity flows from Dynamics 365 only.')
    return
  }
  // Where the table that speaks for people asks for a row too, it makes the only one.
  const speaker = entity.createInDynamics === 'never' ? undefined : otherTable(context)
  if (speaker !== undefined) {
    if (!isReadFor(context, speaker, contact, subject)) return
    if (whyNone(context, speaker, contact) === undefined) {
      enterSkip(ledger, subject, 'other-entity-speaks', 'The other table makes the row of this person.')
      return
    }
  }
  if (!isReadFor(context, entity, contact, subject)) return
  const why = whyNone(context, entity, contact)
  if (why !== undefined) enterSkip(ledger, subject, 'not-asked-for', why)
  else createOnceRead(context, contact, subject)
}
