import type { CompiledField, EntityName } from '@dynacamp/mapping-dsl'
import type { Subject } from '../model/outcome.ts'
import { type ReferenceTarget, referenceKey } from '../model/reference.ts'
import type { BatchContext } from './batch-context.ts'
import { holdField } from './hold-field.ts'
import { enterNeed } from './ledger.ts'

type Side = 'dynamics' | 'activeCampaign'

/** A record that a field refers to, by its id in the service that holds the field. */
export interface Reference {
  readonly side: Side
  readonly entity: EntityName
  readonly id: string
}

/** What the record referred to comes to. Undefined while nobody has looked: it is asked for, and the field must wait. */
export const referenceOf = (
  { references, ledger }: BatchContext,
  { side, entity, id }: Reference,
): ReferenceTarget | undefined => {
  const target = references[referenceKey(side, entity, id)]
  if (target === undefined) enterNeed(ledger, { kind: 'reference', side, entity, id })
  return target
}

type HeldField = Pick<CompiledField, 'key' | 'sensitive'>

/** Holds a field until somebody has looked what it refers to. */
export const holdForReference = ({ ledger }: BatchContext, subject: Subject, field: HeldField): void => {
  holdField(ledger, subject, field, 'not-known-yet', {
    message: 'Nobody has looked yet what the record it refers to is on the other side.',
    resolve: ['Look it up and plan again.'],
  })
}

/** Holds a field that refers to a record which the other side does not have. */
export const holdNotInSync = (
  { ledger }: BatchContext,
  subject: Subject,
  field: HeldField,
  { entity, title, dynamicsId, activeCampaignId }: ReferenceTarget,
): void => {
  const name = (field.sensitive ? null : (title ?? dynamicsId ?? activeCampaignId)) ?? 'the record'
  holdField(ledger, subject, field, 'reference-not-in-sync', {
    message: `It refers to ${name}, which is not in sync (${entity}).`,
    resolve: [
      `Bring ${name} into sync: see why it is held or skipped, or widen the scope of ${entity}.`,
      'Refer to a record that is in sync.',
    ],
  })
}
