import type { CompiledField } from '@dynacamp/mapping-dsl'
import { LinkRecords } from '../../actions/link-records.ts'
import { UpdateActiveCampaignRecord } from '../../actions/update-active-campaign-record.ts'
import { contactRelationship } from '../../model/custom-object.ts'
import type { FieldChange } from '../../model/field-change.ts'
import type { Base } from '../../model/link.ts'
import type { LinkedSubject } from '../../model/outcome.ts'
import type { BatchContext } from '../batch-context.ts'
import { contactPrecondition } from '../contact-precondition.ts'
import { settledMessage } from '../explain-decision.ts'
import { arrivesBlank } from '../field-view.ts'
import { enterAction } from '../ledger.ts'
import { mergeFields } from '../merge-fields.ts'
import type { Pair } from '../pair.ts'
import { settlesNow } from '../pair-draft.ts'
import { noGlance } from '../unchanged.ts'
import { contactBase } from './contact-field.ts'
import type { RecordPlan } from './create-record.ts'

const emptyBase: Base = Object.freeze({ dynamics: Object.freeze({}), activeCampaign: Object.freeze({}) })

/** A field that the object requires cannot be emptied. */
const kept = (field: CompiledField, required: ReadonlySet<string>): CompiledField => {
  if (!required.has(field.activeCampaign)) return field
  const message = `ActiveCampaign takes no record without ${field.activeCampaign}.`
  return {
    ...field,
    toActiveCampaign: (value) => {
      const converted = field.toActiveCampaign(value)
      return arrivesBlank(converted, 'activeCampaign')
        ? { ok: false, code: 'untransformable', message }
        : converted
    },
  }
}

/**
 * Merges a row with its record, and enters what follows: nothing at all where nothing changed, as a record that is written again
 * starts automations.
 */
export const mergeRecord = (
  context: BatchContext,
  subject: LinkedSubject,
  pair: Pair,
  { fields, required, contact, dependsOn }: RecordPlan,
): void => {
  const { ledger } = context
  const { link, dynamics, activeCampaign } = pair
  const entity = { ...context.entity, fields: fields.map((field) => kept(field, required)) }
  const draft = mergeFields(
    { ...context, entity },
    pair,
    contactBase(link?.base ?? emptyBase, contact),
    noGlance,
    subject,
  )
  const preconditions = (settles: Base, written: readonly FieldChange[] = []) => ({
    dynamicsEtag: dynamics.etag,
    ...contactPrecondition(activeCampaign, settles, written),
  })
  const linked: string[] = []
  if (link === undefined || settlesNow(draft)) {
    const action = LinkRecords.create({
      ...subject,
      because: link === undefined ? 'The record has the row’s own GUID.' : settledMessage(draft.keepsBlanks),
      changes: [],
      settles: draft.settledNow,
      preconditions: preconditions(draft.settledNow),
    })
    enterAction(ledger, action)
    if (link === undefined) linked.push(action.id)
  }
  const { toActiveCampaign: changes, settledByActiveCampaign: settles } = draft
  if (changes.length > 0) {
    const moves = changes.some(({ field }) => field === contactRelationship)
    enterAction(
      ledger,
      UpdateActiveCampaignRecord.create({
        ...subject,
        contact: moves ? contact : null,
        because: 'Dynamics 365 has what ActiveCampaign should have.',
        changes,
        settles,
        preconditions: preconditions(settles, changes),
        dependsOn: [...linked, ...dependsOn],
      }),
    )
  }
  // Without a link there is always something: its contact at least is remembered, written or held.
  if (!settlesNow(draft) && changes.length + draft.heldCount === 0) ledger.unchanged += 1
}
