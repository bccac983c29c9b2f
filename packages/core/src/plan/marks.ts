import { AddActiveCampaignTags } from '../actions/add-active-campaign-tags.ts'
import { dynamicsIdFor } from '../dynamics-id-for.ts'
import type { ActiveCampaignObservation } from '../model/observation.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { enterAction, enterNeed } from './ledger.ts'

/**
 * The tags by which ActiveCampaign's own app for D365 knows its contacts: what they are there, and where they came from. The
 * first kind also asks for a row, as an automation uses it.
 *
 * Source: https://help.activecampaign.com/hc/en-us/articles/360017526240
 */
export const marks = Object.freeze({
  contacts: '[D365: Contact]',
  leads: '[D365: Lead]',
  pushed: '[D365: Pushed from Dynamics]',
  pulled: '[D365: Pulled from ActiveCampaign]',
})

/** A row and a contact that are one person. */
interface Marked {
  readonly dynamics: { readonly id: string }
  readonly activeCampaign: ActiveCampaignObservation
}

/** What a contact of this entity is marked as; undefined where the app has no mark, or none is to be written. */
const kindMark = ({ definition, entity }: BatchContext): string | undefined => {
  if (!definition.tags.write) return undefined
  return entity.entity === 'contacts' || entity.entity === 'leads' ? marks[entity.entity] : undefined
}

const hasOrigin = (tags: readonly string[]): boolean =>
  tags.includes(marks.pushed) || tags.includes(marks.pulled)

/** Whether a pair has marks missing. Allocates nothing: it is asked of every record. */
export const marksMissing = (context: BatchContext, { activeCampaign }: Marked): boolean => {
  const kind = kindMark(context)
  if (kind === undefined) return false
  const { tags } = activeCampaign
  return tags === undefined || !tags.includes(kind) || !hasOrigin(tags)
}

/** The row was made from the contact, or the entity flows from ActiveCampaign only. */
const isPulled = ({ entity, settings }: BatchContext, { dynamics, activeCampaign }: Marked): boolean =>
  entity.direction === 'inbound' ||
  dynamics.id === dynamicsIdFor(activeCampaign.id, entity.entity, settings.tenant)

/** Enters the marks that a pair lacks; says whether there are any. None is ever taken off. */
export const planMarks = (
  context: BatchContext,
  pair: Marked,
  subject: LinkedSubject,
  dependsOn: readonly string[],
): boolean => {
  const kind = kindMark(context)
  if (kind === undefined) return false
  const { tags } = pair.activeCampaign
  if (tags === undefined) {
    enterNeed(context.ledger, {
      kind: 'active-campaign-tags',
      entity: subject.entity,
      id: pair.activeCampaign.id,
    })
    return false
  }
  const missing = [
    ...(tags.includes(kind) ? [] : [kind]),
    ...(hasOrigin(tags) ? [] : [isPulled(context, pair) ? marks.pulled : marks.pushed]),
  ]
  if (missing.length === 0) return false
  enterAction(
    context.ledger,
    AddActiveCampaignTags.create({
      ...subject,
      because: 'The definition writes the tags of ActiveCampaign’s own app (tags.write).',
      tags: missing,
      changes: [],
      settles: { dynamics: {}, activeCampaign: {} },
      preconditions: {},
      dependsOn,
    }),
  )
  return true
}

/** The marks of a contact that is made from a row. */
export const marksOfNewContact = (context: BatchContext): { readonly tags?: readonly string[] } => {
  const kind = kindMark(context)
  return kind === undefined ? {} : { tags: [kind, marks.pushed] }
}
