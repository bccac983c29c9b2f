import type { CompiledField } from '@dynacamp/mapping-dsl'
import { CreateActiveCampaignRecord } from '../../actions/create-active-campaign-record.ts'
import type { RelatedContact } from '../../actions/related-contact.ts'
import { compareText } from '../../compare.ts'
import type { DynamicsObservation } from '../../model/observation.ts'
import type { LinkedSubject } from '../../model/outcome.ts'
import type { BatchContext } from '../batch-context.ts'
import { arrivesBlank } from '../field-view.ts'
import { holdBadValue, holdRecord } from '../hold-field.ts'
import { enterAction } from '../ledger.ts'
import { emptyDraft, settleNow, writeActiveCampaign } from '../pair-draft.ts'

/** What a new record is made from, besides its row. */
export interface RecordPlan {
  readonly fields: readonly CompiledField[]
  readonly required: ReadonlySet<string>
  readonly contact: RelatedContact
  readonly dependsOn: readonly string[]
}

/** A row gets its record. Blanks are left away, and remembered as they are. */
export const createRecord = (
  { ledger, entity }: BatchContext,
  subject: LinkedSubject,
  dynamics: DynamicsObservation,
  { fields, required, contact, dependsOn }: RecordPlan,
): void => {
  const draft = emptyDraft()
  for (const field of fields) {
    const source = dynamics.fields[field.dynamics] ?? null
    const converted = field.toActiveCampaign(source)
    if (arrivesBlank(converted, 'activeCampaign')) {
      settleNow(draft, field, source, null)
      continue
    }
    if (converted.ok) writeActiveCampaign(draft, field, source, null, converted.value, 'created')
    else holdBadValue(ledger, subject, field, 'dynamics', converted.message)
  }
  const written = new Set(draft.toActiveCampaign.map(({ field }) => field))
  const lacking = [...required].filter((id) => !written.has(id)).sort(compareText)
  if (lacking.length > 0) {
    const names = lacking.map(
      (id) => fields.find(({ activeCampaign }) => activeCampaign === id)?.dynamics ?? id,
    )
    holdRecord(ledger, subject, 'required-blank', {
      message: `ActiveCampaign takes no record without ${lacking.join(', ')}.`,
      resolve: [`Set ${names.join(', ')} in Dynamics 365, or map what is required and not mapped.`],
    })
    return
  }
  const { settledNow, settledByActiveCampaign: settled } = draft
  enterAction(
    ledger,
    CreateActiveCampaignRecord.create({
      ...subject,
      contact,
      because: `In scope (${entity.scopeSentence}), and its contact is in sync.`,
      changes: draft.toActiveCampaign,
      settles: {
        dynamics: { ...settledNow.dynamics, ...settled.dynamics },
        activeCampaign: { ...settledNow.activeCampaign, ...settled.activeCampaign },
      },
      preconditions: { dynamicsEtag: dynamics.etag },
      dependsOn,
    }),
  )
}
