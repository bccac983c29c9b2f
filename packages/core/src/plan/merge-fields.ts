import type { CompiledField } from '@dynacamp/mapping-dsl'
import { assertNever } from '../actions/action.ts'
import type { Decision } from '../merge/decision.ts'
import type { Base } from '../model/link.ts'
import type { ConflictWinner, LinkedSubject, Subject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { fieldHoldText, reasonMessage } from './explain-decision.ts'
import { decisionFor, type FieldView, viewOf } from './field-view.ts'
import { holdBadValue, holdField } from './hold-field.ts'
import { enterConflict } from './ledger.ts'
import { mergeRelation } from './merge-relation.ts'
import type { Pair } from './pair.ts'
import {
  emptyDraft,
  keepNow,
  type PairDraft,
  settleNow,
  writeActiveCampaign,
  writeDynamics,
} from './pair-draft.ts'
import { keepSharedBase, settleWithWrites } from './shared-source.ts'
import { takeKey, takeKeyInDynamics } from './take-key.ts'
import type { Glance } from './unchanged.ts'

/**
 * Index of the first field, from `start` on, that differs from its own side's base, or has none; -1 when there is no more. Looks
 * only at the sides that are not plainly the same. Allocates nothing: it looks at every field of every record.
 */
export const nextChangedField = (
  fields: readonly CompiledField[],
  { dynamics: { fields: row }, activeCampaign: { fields: contact } }: Pair,
  base: Base,
  glance: Glance,
  start: number,
): number => {
  const { dynamics: dynamicsBase, activeCampaign: activeCampaignBase } = base
  for (let index = start; index < fields.length; index += 1) {
    const field = fields[index]
    if (field === undefined) continue
    const { dynamics: column, activeCampaign: name } = field
    if (!glance.dynamics) {
      const was = dynamicsBase[column]
      if (was === undefined) return index
      const is = row[column] ?? null
      if (is !== was && !field.sameInDynamics(was, is)) return index
    }
    if (!glance.activeCampaign) {
      const was = activeCampaignBase[name]
      if (was === undefined) return index
      const is = contact[name] ?? null
      if (is !== was && !field.sameInActiveCampaign(was, is)) return index
    }
  }
  return -1
}

type Write = Extract<Decision, { kind: 'write' }>

/** Converts and drafts a write; true when it will be done (or is not needed), false when its value holds the field. */
const draftWrite = (
  context: BatchContext,
  subject: LinkedSubject,
  draft: PairDraft,
  view: FieldView,
  decision: Write,
): boolean => {
  const { field, row, dynamics, activeCampaign, base } = view
  const everInSync = base !== undefined
  const toDynamics = decision.to === 'dynamics'
  const converted = toDynamics ? field.toDynamics(activeCampaign, row) : field.toActiveCampaign(dynamics)
  if (!converted.ok) {
    holdBadValue(
      context.ledger,
      subject,
      field,
      toDynamics ? 'activeCampaign' : 'dynamics',
      converted.message,
    )
    return false
  }
  const { value } = converted
  const already = toDynamics
    ? field.sameInDynamics(value, dynamics)
    : field.sameInActiveCampaign(value, activeCampaign)
  if (already) settleNow(draft, field, dynamics, activeCampaign)
  else if (toDynamics) {
    if (field === context.keyField && !takeKeyInDynamics(context, subject, field, value, dynamics))
      return false
    writeDynamics(draft, field, activeCampaign, dynamics, value, decision.reason, everInSync)
  } else if (field === context.keyField && !takeKey(context, subject, draft, field, value, activeCampaign))
    return false
  else writeActiveCampaign(draft, field, dynamics, activeCampaign, value, decision.reason, everInSync)
  return true
}

const reportConflict = (
  context: BatchContext,
  subject: Subject,
  view: FieldView,
  winner: ConflictWinner,
  message: string,
  code: string,
) => {
  const { field, base, dynamics, activeCampaign } = view
  enterConflict(context.ledger, {
    ...subject,
    field: field.key,
    dynamicsField: field.dynamics,
    activeCampaignField: field.activeCampaign,
    base: base ?? null,
    dynamics,
    activeCampaign,
    winner,
    reason: { code, message },
    sensitive: field.sensitive,
  })
}

const follow = (
  context: BatchContext,
  subject: LinkedSubject,
  draft: PairDraft,
  view: FieldView,
  decision: Decision,
): void => {
  const { field, dynamics, activeCampaign, base } = view
  switch (decision.kind) {
    case 'same':
      return
    case 'settle':
      settleNow(draft, field, dynamics, activeCampaign)
      return
    case 'keep':
      if (base === undefined) keepNow(draft, field, dynamics, activeCampaign)
      return
    case 'write': {
      const done = draftWrite(context, subject, draft, view, decision)
      if (!done) draft.heldCount += 1
      else if (decision.overrules) {
        const winner = decision.to === 'dynamics' ? 'activeCampaign' : 'dynamics'
        const message = reasonMessage(decision.reason, field, base !== undefined)
        reportConflict(context, subject, view, winner, message, decision.reason)
      }
      return
    }
    case 'hold': {
      const text = fieldHoldText(decision.code, field, base !== undefined)
      holdField(context.ledger, subject, field, decision.code, text)
      reportConflict(context, subject, view, 'held', text.message, decision.code)
      draft.heldCount += 1
      return
    }
    default:
      assertNever(decision)
  }
}

/** Decides every changed field of a pair, enters its holds and conflicts, and drafts what is to be written. */
export const mergeFields = (
  context: BatchContext,
  pair: Pair,
  base: Base,
  glance: Glance,
  subject: LinkedSubject,
): PairDraft => {
  const draft = emptyDraft()
  const held: CompiledField[] = []
  const { fields } = context.entity
  const next = (start: number): number => nextChangedField(fields, pair, base, glance, start)
  for (let index = next(0); index >= 0; index = next(index + 1)) {
    const field = fields[index]
    if (field === undefined) continue
    const view = viewOf(field, pair, base)
    const heldBefore = draft.heldCount
    follow(context, subject, draft, view, decisionFor(context, pair, view))
    if (draft.heldCount > heldBefore) held.push(field)
  }
  keepSharedBase(fields, held, draft)
  settleWithWrites(fields, draft)
  const { accountRelation } = context.entity
  if (accountRelation !== undefined) mergeRelation(context, accountRelation, pair, base, subject, draft)
  return draft
}
