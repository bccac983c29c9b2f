import { LinkRecords } from '../actions/link-records.ts'
import { MoveLink } from '../actions/move-link.ts'
import { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'
import { UpdateDynamicsRecord } from '../actions/update-dynamics-record.ts'
import type { FieldChange } from '../model/field-change.ts'
import type { Base } from '../model/link.ts'
import type { Subject } from '../model/outcome.ts'
import { type BatchContext, keyName } from './batch-context.ts'
import { consentMatters, planConsent } from './consent.ts'
import { contactPrecondition } from './contact-precondition.ts'
import { counterpartActions } from './counterpart-actions.ts'
import { settledMessage } from './explain-decision.ts'
import { holdUnreadable } from './hold-unreadable.ts'
import { enterAction } from './ledger.ts'
import { marksMissing, planMarks } from './marks.ts'
import { mergeFields, nextChangedField } from './merge-fields.ts'
import type { Pair } from './pair.ts'
import { emptyDraft, type PairDraft, settlesNow } from './pair-draft.ts'
import { relationChanged } from './relation-view.ts'
import { subjectOf } from './subject.ts'
import { type Glance, glanceAt, learnOrder, noGlance } from './unchanged.ts'

const emptyBase: Base = Object.freeze({ dynamics: Object.freeze({}), activeCampaign: Object.freeze({}) })

/** Whether no mapped field of a linked pair changed on either side. */
const isQuiet = ({ entity, baseOrder }: BatchContext, pair: Pair, base: Base, glance: Glance): boolean => {
  if (glance.dynamics && glance.activeCampaign) return true
  if (nextChangedField(entity.fields, pair, base, glance, 0) >= 0) return false
  if (relationChanged(entity.accountRelation, pair.dynamics.fields, pair.activeCampaign.fields, base))
    return false
  learnOrder(baseOrder, base)
  return true
}

const whyLinked = (context: BatchContext, { link, rule }: Pair, { keepsBlanks }: PairDraft): string => {
  if (link === undefined) return `The two match by ${keyName({ rule: rule ?? context.rule }, 'dynamics')}.`
  return settledMessage(keepsBlanks)
}

const movedFrom = ({ link, because }: NonNullable<Pair['takesOver']>) => {
  const { id, entity, dynamicsId, activeCampaignId } = link
  return { because, from: { id, entity, dynamicsId, activeCampaignId } }
}

/**
 * Merges a pair field by field and enters the actions that follow; says whether it entered anything. A pair in which nothing
 * changed costs one comparison per field and side: it is what nearly all records of nearly all runs are.
 */
export const planPair = (context: BatchContext, pair: Pair): boolean => {
  const { ledger, entity } = context
  const { link, dynamics, activeCampaign } = pair
  // A linked one is held before. The contact is held by itself, and this is the row that meets it.
  const met = (): Subject => subjectOf(context, dynamics, undefined)
  if (link === undefined && holdUnreadable(context, activeCampaign, met)) return true
  const base = link?.base ?? emptyBase
  const glance = link === undefined ? noGlance : glanceAt(context.baseOrder, pair, base)
  const quiet = link !== undefined && isQuiet(context, pair, base, glance)
  if (quiet && !consentMatters(context, pair) && !marksMissing(context, pair)) return false
  const subject = {
    ...subjectOf(context, dynamics, activeCampaign),
    dynamicsId: dynamics.id,
    activeCampaignId: activeCampaign.id,
  }
  const draft = quiet ? emptyDraft() : mergeFields(context, pair, base, glance, subject)
  const consent = planConsent(context, pair, subject)
  if (consent.change !== undefined) {
    draft.toDynamics.push(consent.change)
    draft.settledByDynamics.dynamics[consent.change.field] = consent.change.after
  }
  if (consent.settles !== undefined) {
    Object.assign(draft.settledNow.dynamics, consent.settles.dynamics)
    Object.assign(draft.settledNow.activeCampaign, consent.settles.activeCampaign)
  }
  const preconditions = (settles: Base, written: readonly FieldChange[] = []) => ({
    dynamicsEtag: dynamics.etag,
    ...contactPrecondition(activeCampaign, settles, written),
  })

  const dependsOn: string[] = []
  const remembers = link === undefined || settlesNow(draft)
  if (remembers) {
    const remembered = {
      changes: [],
      settles: draft.settledNow,
      preconditions: preconditions(draft.settledNow),
    }
    const linked =
      pair.takesOver === undefined
        ? LinkRecords.create({ ...subject, because: whyLinked(context, pair, draft), ...remembered })
        : MoveLink.create({ ...subject, ...movedFrom(pair.takesOver), ...remembered })
    enterAction(ledger, linked)
    if (link === undefined) dependsOn.push(linked.id)
  }
  if (draft.toDynamics.length > 0) {
    const { toDynamics: changes, settledByDynamics: settles } = draft
    enterAction(
      ledger,
      UpdateDynamicsRecord.create({
        ...subject,
        because: 'ActiveCampaign has what Dynamics 365 should have.',
        changes,
        settles,
        preconditions: preconditions(settles),
        dependsOn: [...dependsOn, ...draft.dynamicsWaitsFor],
      }),
    )
  }
  if (draft.toActiveCampaign.length > 0) {
    const { toActiveCampaign: changes, settledByActiveCampaign: settles } = draft
    enterAction(
      ledger,
      counterpartActions(entity.entity).update({
        ...subject,
        because: 'Dynamics 365 has what ActiveCampaign should have.',
        changes,
        settles,
        preconditions: preconditions(settles, changes),
        dependsOn: [...dependsOn, ...draft.after],
      }),
    )
  }
  const marked = planMarks(context, pair, subject, dependsOn)
  if (draft.account !== undefined) {
    const { account } = draft
    enterAction(
      ledger,
      SetActiveCampaignAccount.create({
        ...subject,
        ...account,
        because: 'Dynamics 365 has the account that the contact should have in ActiveCampaign.',
        preconditions: preconditions(account.settles),
        dependsOn: [...dependsOn, ...account.dependsOn],
      }),
    )
  }
  const drafted =
    draft.toDynamics.length + draft.toActiveCampaign.length + draft.heldCount + (draft.account ? 1 : 0)
  return remembers || drafted > 0 || consent.acted || marked
}
