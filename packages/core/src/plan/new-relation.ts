import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { draftAccount, draftLookup } from './draft-relation.ts'
import { type PairDraft, settleNow } from './pair-draft.ts'
import { holdForReference, referenceOf } from './reference-of.ts'
import { idIn, leadsElsewhere } from './relation-view.ts'

const created = { before: null, code: 'created', everInSync: false } as const

/** The account of a contact that a row gets: set after the contact was made. */
export const accountOfNewContact = (
  context: BatchContext,
  subject: Subject,
  { fields }: DynamicsObservation,
  draft: PairDraft,
): void => {
  const relation = context.entity.accountRelation
  if (relation === undefined) return
  const id = idIn(fields, relation.dynamics)
  if (id === null || relation.direction === 'inbound' || leadsElsewhere(relation, fields)) {
    settleNow(draft, relation, id, null)
    return
  }
  const target = referenceOf(context, { side: 'dynamics', entity: relation.entity, id })
  if (target === undefined) holdForReference(context, subject, relation)
  else draftAccount(context, subject, draft, { relation, source: id, target, ...created })
}

/** The account of a row that a contact becomes: part of the row. */
export const accountOfNewRow = (
  context: BatchContext,
  subject: Subject,
  { fields }: ActiveCampaignObservation,
  draft: PairDraft,
): void => {
  const relation = context.entity.accountRelation
  if (relation === undefined) return
  const id = idIn(fields, relation.activeCampaign)
  if (id === null || relation.direction === 'outbound') {
    settleNow(draft, relation, null, id)
    return
  }
  const target = referenceOf(context, { side: 'activeCampaign', entity: relation.entity, id })
  if (target === undefined) holdForReference(context, subject, relation)
  else draftLookup(context, subject, draft, { relation, source: id, target, ...created })
}
