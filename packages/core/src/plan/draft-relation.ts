import type { CompiledRelation, FieldValue } from '@dynacamp/mapping-dsl'
import type { FieldChange, ReasonCode } from '../model/field-change.ts'
import type { Subject } from '../model/outcome.ts'
import type { ReferenceTarget } from '../model/reference.ts'
import type { BatchContext } from './batch-context.ts'
import { reasonMessage } from './explain-decision.ts'
import type { PairDraft } from './pair-draft.ts'
import { holdNotInSync } from './reference-of.ts'

/** One relation that goes from one side to the other. */
interface RelationWrite {
  readonly relation: CompiledRelation
  /** What the source holds, and what it leads to; undefined when that is nothing. */
  readonly source: FieldValue
  readonly target: ReferenceTarget | undefined
  /** What the other side holds. */
  readonly before: FieldValue
  readonly code: ReasonCode
  /** False at the relation's first link. */
  readonly everInSync: boolean
}

const changeOf = (
  { relation, before, code, everInSync, target }: RelationWrite,
  field: string,
  after: string | null,
): FieldChange => {
  const message = reasonMessage(code, { ...relation, dynamics: relation.lookup }, everInSync)
  const name = target?.title == null || relation.sensitive ? '' : ` It is ${target.title}.`
  return {
    key: relation.key,
    field,
    before,
    after,
    reason: { code, message: `${message}${name}` },
    sensitive: relation.sensitive,
  }
}

/** What refers to a record that the same plan makes waits for that. */
const waits = (target: ReferenceTarget | undefined): readonly string[] =>
  target?.plannedBy == null ? [] : [target.plannedBy]

/** Drafts the contact's account in ActiveCampaign; false when the account is not in sync, which holds the field. */
export const draftAccount = (
  context: BatchContext,
  subject: Subject,
  draft: PairDraft,
  write: RelationWrite,
): boolean => {
  const { relation, source, target } = write
  if (target !== undefined && target.activeCampaignId === null && target.plannedBy === null) {
    holdNotInSync(context, subject, relation, target)
    return false
  }
  // Blank is what ActiveCampaign shows of a contact without account; null is not known yet.
  const after = target === undefined ? '' : target.activeCampaignId
  const account = target && {
    dynamicsId: target.dynamicsId,
    activeCampaignId: target.activeCampaignId,
    title: target.title,
  }
  draft.account = {
    account: account ?? null,
    changes: [changeOf(write, relation.activeCampaign, after)],
    settles: {
      dynamics: { [relation.dynamics]: source },
      activeCampaign: { [relation.activeCampaign]: after },
    },
    dependsOn: waits(target),
  }
  return true
}

/** Drafts the row's lookup in D365; false when the account is not in sync, which holds the field. */
export const draftLookup = (
  context: BatchContext,
  subject: Subject,
  draft: PairDraft,
  write: RelationWrite,
): boolean => {
  const { relation, source, target } = write
  const after = target?.dynamicsId ?? null
  if (target !== undefined && after === null) {
    holdNotInSync(context, subject, relation, target)
    return false
  }
  draft.toDynamics.push(changeOf(write, relation.dynamics, after))
  draft.settledByDynamics.dynamics[relation.dynamics] = after
  draft.settledByDynamics.activeCampaign[relation.activeCampaign] = source
  draft.dynamicsWaitsFor.push(...waits(target))
  return true
}
