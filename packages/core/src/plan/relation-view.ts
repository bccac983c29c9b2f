import type { CompiledRelation, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import type { Base } from '../model/link.ts'
import type { Subject } from '../model/outcome.ts'
import type { ReferenceTarget } from '../model/reference.ts'
import type { BatchContext } from './batch-context.ts'
import { holdField } from './hold-field.ts'
import type { Pair } from './pair.ts'
import { holdForReference, referenceOf } from './reference-of.ts'

const textOf = (id: FieldValue | undefined): string => (isBlank(id) ? '' : String(id).toLowerCase())

/** Ids are compared as text; GUIDs in any case. */
export const sameId = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  a === b || textOf(a) === textOf(b)

/** Whether the relation of a pair differs, on either side, from that side's base, or has none. Allocates nothing when ids are equal. */
export const relationChanged = (
  relation: CompiledRelation | undefined,
  dynamics: Fields,
  activeCampaign: Fields,
  base: Base,
): boolean => {
  if (relation === undefined) return false
  const rowWas = base.dynamics[relation.dynamics]
  const contactWas = base.activeCampaign[relation.activeCampaign]
  return (
    rowWas === undefined ||
    contactWas === undefined ||
    !sameId(rowWas, dynamics[relation.dynamics]) ||
    !sameId(contactWas, activeCampaign[relation.activeCampaign])
  )
}

/** An id that a record holds; null where it holds none. */
export const idIn = (fields: Fields, name: string): string | null => {
  const value = fields[name]
  return isBlank(value) ? null : String(value)
}

/** The table that a row's lookup leads to; none where the lookup has one table only, or leads nowhere. */
const tableOf = ({ table }: CompiledRelation, row: Fields): FieldValue | undefined =>
  table === undefined ? undefined : row[table]

/** Whether a row's lookup leads to another table than the one that the relation is about. */
export const leadsElsewhere = (relation: CompiledRelation, row: Fields): boolean => {
  const name = tableOf(relation, row)
  return typeof name === 'string' && name !== 'account'
}

/** Holds a relation whose lookup leads to another table: ActiveCampaign has nothing to put there. */
export const holdElsewhere = (
  { ledger }: BatchContext,
  subject: Subject,
  relation: CompiledRelation,
  row: Fields,
): void => {
  holdField(ledger, subject, relation, 'reference-other-table', {
    message: `${relation.lookup} refers to a ${tableOf(relation, row)}, not to an account, and the contact has an account in ActiveCampaign.`,
    resolve: [
      `Let ${relation.lookup} refer to an account in Dynamics 365.`,
      'Take the contact out of its account in ActiveCampaign.',
    ],
  })
}

/** One relation of one pair: both ids, what they lead to, and the base. */
export interface RelationView {
  readonly relation: CompiledRelation
  /** The ids; null where a side has none. */
  readonly dynamics: string | null
  readonly activeCampaign: string | null
  /** The same as the records hold them. */
  readonly held: { readonly dynamics: FieldValue; readonly activeCampaign: FieldValue }
  /** What the row's id comes to; undefined when the row has none. */
  readonly ofDynamics: ReferenceTarget | undefined
  readonly ofActiveCampaign: ReferenceTarget | undefined
  /** Undefined where the relation never was in sync. */
  readonly base: { readonly dynamics: FieldValue; readonly activeCampaign: FieldValue } | undefined
}

/** What a pair's relation comes to; undefined, and held, until somebody has looked where both ids lead. */
export const relationView = (
  context: BatchContext,
  relation: CompiledRelation,
  { dynamics, activeCampaign }: Pick<Pair, 'dynamics' | 'activeCampaign'>,
  subject: Subject,
  base: Base,
): RelationView | undefined => {
  const { entity } = relation
  const inRow = idIn(dynamics.fields, relation.dynamics)
  const inContact = idIn(activeCampaign.fields, relation.activeCampaign)
  const ofDynamics =
    inRow === null ? undefined : referenceOf(context, { side: 'dynamics', entity, id: inRow })
  const ofActiveCampaign =
    inContact === null ? undefined : referenceOf(context, { side: 'activeCampaign', entity, id: inContact })
  if ((inRow !== null && !ofDynamics) || (inContact !== null && !ofActiveCampaign)) {
    holdForReference(context, subject, relation)
    return undefined
  }
  const rowWas = base.dynamics[relation.dynamics]
  const contactWas = base.activeCampaign[relation.activeCampaign]
  return {
    relation,
    dynamics: inRow,
    activeCampaign: inContact,
    held: {
      dynamics: dynamics.fields[relation.dynamics] ?? null,
      activeCampaign: activeCampaign.fields[relation.activeCampaign] ?? null,
    },
    ofDynamics,
    ofActiveCampaign,
    base:
      rowWas === undefined || contactWas === undefined
        ? undefined
        : { dynamics: rowWas, activeCampaign: contactWas },
  }
}
