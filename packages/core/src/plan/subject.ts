import type { FieldValue } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import type { ActiveCampaignObservation, DynamicsObservation } from '../model/observation.ts'
import type { HoldCandidate, Subject } from '../model/outcome.ts'
import type { ActiveCampaignCandidate, DynamicsCandidate } from '../model/record.ts'
import type { BatchContext } from './batch-context.ts'
import { counterpartName } from './counterpart-actions.ts'

const firstText = (...values: readonly (FieldValue | undefined)[]): string | undefined => {
  const found = values.find((value) => !isBlank(value))
  return found === undefined ? undefined : String(found)
}

/** ActiveCampaign's fields that people are called by. */
const nameFields = ['firstName', 'lastName', 'name']

const nameOf = (
  { entity }: BatchContext,
  dynamics: DynamicsObservation | undefined,
  activeCampaign: ActiveCampaignObservation | undefined,
): string | undefined => {
  const fields = entity.fields.filter(
    (field) => nameFields.includes(field.activeCampaign) && !field.sensitive,
  )
  const parts = fields.map((field) =>
    firstText(dynamics?.fields[field.dynamics], activeCampaign?.fields[field.activeCampaign])?.trim(),
  )
  return firstText(parts.filter((part) => part !== undefined).join(' '))
}

const titleOf = (
  context: BatchContext,
  dynamics: DynamicsObservation | undefined,
  activeCampaign: ActiveCampaignObservation | undefined,
  rowGone = '',
): string => {
  const { keyField } = context
  const ofContact = activeCampaign && `${counterpartName(context.entity.entity)} ${activeCampaign.id}`
  const id = dynamics?.id ?? ofContact ?? rowGone
  if (keyField?.sensitive === true) return id
  return (
    firstText(
      keyField && dynamics?.fields[keyField.dynamics],
      keyField && activeCampaign?.fields[keyField.activeCampaign],
    ) ??
    nameOf(context, dynamics, activeCampaign) ??
    id
  )
}

/** The record an entry speaks about, from whatever is known of it; where both ends are gone, the row's id is. */
export const subjectOf = (
  context: BatchContext,
  dynamics: DynamicsObservation | undefined,
  activeCampaign: ActiveCampaignObservation | undefined,
  rowGone?: string,
): Subject => ({
  entity: context.entity.entity,
  dynamicsId: dynamics?.id ?? null,
  activeCampaignId: activeCampaign?.id ?? null,
  title: titleOf(context, dynamics, activeCampaign, rowGone),
})

/** A D365 row as one of those a held record could be matched with. */
export const dynamicsHoldCandidate = (
  context: BatchContext,
  candidate: DynamicsCandidate,
): HoldCandidate => ({
  side: 'dynamics',
  entity: candidate.entity,
  id: candidate.observation.id,
  title: titleOf(context, candidate.observation, undefined),
  linkedTo: candidate.link?.activeCampaignId ?? null,
})

/** An ActiveCampaign contact as one of those a held record could be matched with. */
export const activeCampaignHoldCandidate = (
  context: BatchContext,
  candidate: ActiveCampaignCandidate,
): HoldCandidate => ({
  side: 'activeCampaign',
  entity: context.entity.entity,
  id: candidate.observation.id,
  title: titleOf(context, undefined, candidate.observation),
  linkedTo: candidate.link?.dynamicsId ?? null,
})
