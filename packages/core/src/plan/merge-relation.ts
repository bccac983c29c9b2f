import type { CompiledRelation } from '@dynacamp/mapping-dsl'
import { assertNever } from '../actions/action.ts'
import { decideField } from '../merge/decide-field.ts'
import type { Decision } from '../merge/decision.ts'
import type { FieldFacts } from '../merge/field-facts.ts'
import type { Base } from '../model/link.ts'
import type { ConflictWinner, Subject } from '../model/outcome.ts'
import { type BatchContext, resolutionOf } from './batch-context.ts'
import { draftAccount, draftLookup } from './draft-relation.ts'
import { fieldHoldText, reasonMessage } from './explain-decision.ts'
import { newerOf } from './field-view.ts'
import { holdField } from './hold-field.ts'
import { enterConflict } from './ledger.ts'
import type { Pair } from './pair.ts'
import { keepNow, type PairDraft, settleNow } from './pair-draft.ts'
import {
  holdElsewhere,
  idIn,
  leadsElsewhere,
  type RelationView,
  relationChanged,
  relationView,
  sameId,
} from './relation-view.ts'

const factsOf = (context: BatchContext, pair: Pair, view: RelationView): FieldFacts => {
  const { relation, dynamics, activeCampaign, ofDynamics, ofActiveCampaign, base } = view
  return {
    direction: relation.direction,
    conflict: relation.conflict,
    blank: relation.blank,
    hasBase: base !== undefined,
    dynamicsChanged: base !== undefined && !sameId(base.dynamics, dynamics),
    activeCampaignChanged: base !== undefined && !sameId(base.activeCampaign, activeCampaign),
    equivalent:
      dynamics === null || activeCampaign === null
        ? dynamics === activeCampaign
        : sameId(ofDynamics?.activeCampaignId, activeCampaign) ||
          sameId(ofActiveCampaign?.dynamicsId, dynamics),
    dynamicsBlank: dynamics === null,
    activeCampaignBlank: activeCampaign === null,
    firstLink: context.settings.firstLink ?? 'hold',
    newer: newerOf(pair),
    resolution: resolutionOf(context, pair.dynamics.id, relation.key),
  }
}

const reportConflict = (
  context: BatchContext,
  subject: Subject,
  { relation, base, held }: RelationView,
  winner: ConflictWinner,
  reason: { readonly code: string; readonly message: string },
): void => {
  enterConflict(context.ledger, {
    ...subject,
    field: relation.key,
    dynamicsField: relation.dynamics,
    activeCampaignField: relation.activeCampaign,
    base: base ?? null,
    ...held,
    winner,
    reason,
    sensitive: relation.sensitive,
  })
}

const writeOne = (
  context: BatchContext,
  subject: Subject,
  draft: PairDraft,
  view: RelationView,
  decision: Extract<Decision, { kind: 'write' }>,
): void => {
  const { relation, held, ofDynamics, ofActiveCampaign, base } = view
  const code = decision.reason
  const everInSync = base !== undefined
  const done =
    decision.to === 'activeCampaign'
      ? draftAccount(context, subject, draft, {
          ...{ relation, code, everInSync, source: held.dynamics, target: ofDynamics },
          before: held.activeCampaign,
        })
      : draftLookup(context, subject, draft, {
          ...{ relation, code, everInSync, source: held.activeCampaign, target: ofActiveCampaign },
          before: held.dynamics,
        })
  if (!done) draft.heldCount += 1
  else if (decision.overrules) {
    const winner = decision.to === 'dynamics' ? 'activeCampaign' : 'dynamics'
    const message = reasonMessage(code, { ...relation, dynamics: relation.lookup }, everInSync)
    reportConflict(context, subject, view, winner, { code, message })
  }
}

const follow = (
  context: BatchContext,
  subject: Subject,
  draft: PairDraft,
  view: RelationView,
  decision: Decision,
): void => {
  const { relation, held, base } = view
  switch (decision.kind) {
    case 'same':
      return
    case 'settle':
      settleNow(draft, relation, held.dynamics, held.activeCampaign)
      return
    case 'keep':
      if (base === undefined) keepNow(draft, relation, held.dynamics, held.activeCampaign)
      return
    case 'write':
      writeOne(context, subject, draft, view, decision)
      return
    case 'hold': {
      const text = fieldHoldText(
        decision.code,
        { ...relation, dynamics: relation.lookup },
        base !== undefined,
      )
      holdField(context.ledger, subject, relation, decision.code, text)
      reportConflict(context, subject, view, 'held', { code: decision.code, message: text.message })
      draft.heldCount += 1
      return
    }
    default:
      assertNever(decision)
  }
}

/**
 * Merges the account of a contact like any field, by the same rules: each side's id against that side's own base. Whether the
 * two ids are one account is told by the links of accounts.
 */
export const mergeRelation = (
  context: BatchContext,
  relation: CompiledRelation,
  pair: Pair,
  base: Base,
  subject: Subject,
  draft: PairDraft,
): void => {
  const { fields: row } = pair.dynamics
  const { fields: contact } = pair.activeCampaign
  if (!relationChanged(relation, row, contact, base)) return
  if (leadsElsewhere(relation, row)) {
    if (idIn(contact, relation.activeCampaign) === null) {
      // Neither side names an account.
      settleNow(draft, relation, row[relation.dynamics] ?? null, contact[relation.activeCampaign] ?? null)
      return
    }
    holdElsewhere(context, subject, relation, row)
    draft.heldCount += 1
    return
  }
  const view = relationView(context, relation, pair, subject, base)
  if (view === undefined) draft.heldCount += 1
  else follow(context, subject, draft, view, decideField(factsOf(context, pair, view)))
}
