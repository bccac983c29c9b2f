import type { CompiledEntity, CompiledField, CompiledObject } from '@dynacamp/mapping-dsl'
import { CreateCustomObject } from '../../actions/create-custom-object.ts'
import { ExtendCustomObject } from '../../actions/extend-custom-object.ts'
import {
  type CustomObject,
  contactRelationship,
  type ObjectField,
  type ObservedCustomObject,
} from '../../model/custom-object.ts'
import type { FieldChange } from '../../model/field-change.ts'
import type { HoldCode, Subject } from '../../model/outcome.ts'
import type { BatchContext } from '../batch-context.ts'
import { enterAction, enterHold } from '../ledger.ts'

/** What the custom object lets the records of a batch do. */
export type ObjectPlan = UsableObject | RefusedObject

interface UsableObject {
  /** Mapped fields whose data can flow; one that clashes with the object is not among them. */
  readonly fields: readonly CompiledField[]
  /** Ids of fields that every record must have. */
  readonly required: ReadonlySet<string>
  /** Ids of actions on the object that records wait for. */
  readonly dependsOn: readonly string[]
}

/** Why no record can be written at all. */
interface RefusedObject {
  readonly refusal: {
    readonly code: HoldCode
    readonly message: string
    readonly resolve: readonly string[]
  }
}

const wanted = ({ fields }: CompiledObject, mapped: ReadonlySet<string>): readonly ObjectField[] =>
  fields.map(({ id, field, required, scale }) => ({
    id,
    type: field.type,
    // A field that is switched off gets no data, so no record could be made if it were required.
    required: required && mapped.has(id),
    currency: field.type === 'currency' ? field.currency : null,
    scale,
    options: 'options' in field ? field.options : [],
  }))

const kindOf = ({ type, currency }: ObjectField): string =>
  currency === null ? type : `${type} in ${currency}`

const sentenceOf = (field: ObjectField): string => {
  const options = field.options.length === 0 ? '' : `: ${field.options.join(', ')}`
  return `${kindOf(field)}${field.required ? ', required' : ''}${options}`
}

/** Why a field of the definition and one of the object cannot be the same; undefined when they can. */
const clashOf = (field: ObjectField, there: ObjectField): string | undefined => {
  const retyped = field.type !== there.type
  const recoined = there.currency !== null && field.currency !== there.currency
  return retyped || recoined
    ? `ActiveCampaign has ${field.id} as ${kindOf(there)}, the definition as ${kindOf(field)}.`
    : undefined
}

const lacksOptions = (field: ObjectField, there: ObjectField): boolean =>
  field.options.some((option) => !there.options.includes(option))

const objectSubject = ({ entity }: CompiledEntity, object: CompiledObject): Subject => ({
  entity,
  dynamicsId: null,
  activeCampaignId: null,
  title: object.slug,
})

const changesOf = (
  { fields: mapped }: CompiledEntity,
  fields: readonly ObjectField[],
  before: CustomObject | null,
): readonly FieldChange[] =>
  fields.map((field) => {
    const there = before?.fields.find(({ id }) => id === field.id)
    const message = there === undefined ? 'The object has no such field.' : 'The field lacks options.'
    return {
      key: mapped.find(({ activeCampaign }) => activeCampaign === field.id)?.key ?? field.id,
      field: field.id,
      before: there === undefined ? null : sentenceOf(there),
      after: sentenceOf(field),
      reason: { code: 'created', message },
      sensitive: false,
    }
  })

/** Enters the action that makes or extends the object, and says which id records wait for. */
const prepare = (
  context: BatchContext,
  object: CompiledObject,
  missing: readonly ObjectField[],
  there: CustomObject | null,
): readonly string[] => {
  if (there !== null && missing.length === 0) return []
  const kind = there === null ? CreateCustomObject : ExtendCustomObject
  const action = kind.create({
    ...objectSubject(context.entity, object),
    dynamicsId: null,
    activeCampaignId: null,
    object: object.slug,
    fields: missing,
    because:
      there === null
        ? 'Opportunities are kept in it, and ActiveCampaign has no such object.'
        : 'The definition has more than the object.',
    changes: changesOf(context.entity, missing, there),
    settles: { dynamics: {}, activeCampaign: {} },
    preconditions: {},
  })
  enterAction(context.ledger, action)
  return [action.id]
}

const refused = (code: HoldCode, message: string, ...resolve: readonly string[]): ObjectPlan => ({
  refusal: { code, message, resolve },
})

/** Compares the definition's object with the one that is there. What is there is only ever added to. */
export const planObject = (
  context: BatchContext,
  object: CompiledObject,
  there: ObservedCustomObject | undefined,
): ObjectPlan => {
  if (there === undefined) {
    const message = 'Nobody has looked yet whether ActiveCampaign has the custom object.'
    return refused('not-known-yet', message, 'Look it up and plan again.')
  }
  if (there === 'unavailable') {
    return refused(
      'object-unavailable',
      'This ActiveCampaign account, or its key, has no custom objects.',
      'Making a custom object needs the Enterprise plan: ask for it, or switch opportunities off.',
      'Give the key’s user the permission to manage custom objects.',
    )
  }
  if (there?.showsContact === false) {
    return refused(
      'object-clash',
      `The custom object ${object.slug} of ActiveCampaign is not shown on contacts: it has no relationship ${contactRelationship} to them.`,
      'Name another object in the definition: a relationship cannot be added.',
    )
  }
  const { entity, ledger } = context
  const mapped = new Set(entity.fields.map(({ activeCampaign }) => activeCampaign))
  const clashes = new Set<string>()
  const missing: ObjectField[] = []
  for (const field of wanted(object, mapped)) {
    const known = there?.fields.find(({ id }) => id === field.id)
    const deleted = there?.deleted.includes(field.id) === true
    const clash = deleted
      ? `The field ${field.id} was deleted in ActiveCampaign, which keeps its id.`
      : known && clashOf(field, known)
    if (clash !== undefined) {
      clashes.add(field.id)
      enterHold(ledger, {
        ...objectSubject(entity, object),
        field: entity.fields.find(({ activeCampaign }) => activeCampaign === field.id)?.key ?? field.id,
        reason: { code: 'object-clash', message: clash },
        candidates: [],
        resolve: [
          'Map a field of another name: a field’s type is permanent. The old one may be switched off.',
        ],
      })
    } else if (known === undefined || lacksOptions(field, known)) {
      missing.push(known === undefined ? field : { ...field, required: known.required, scale: known.scale })
    }
  }
  const all = [...missing, ...(there?.fields ?? [])]
  return {
    fields: entity.fields.filter(({ activeCampaign }) => !clashes.has(activeCampaign)),
    required: new Set(all.filter(({ required }) => required).map(({ id }) => id)),
    dependsOn: prepare(context, object, missing, there),
  }
}
