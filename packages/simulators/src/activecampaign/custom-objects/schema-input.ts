import { isJsonArray, type JsonObject, objectAt, objectsAt, pick, text } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { invalidValue, objectsOf } from './object-store.ts'

const types = [
  'text',
  'textarea',
  'date',
  'datetime',
  'dropdown',
  'multiselect',
  'number',
  'decimal',
  'currency',
]
const namespaces = ['contacts', 'accounts', 'deals']

const defaultIcon = 'https://d226aj4ao1t61q.cloudfront.net/n9mayqo2d_customobject.png'

const slugOf = (label: string): string => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** Options keep the id they were sent with; the others get one. */
function optionsOf(store: Store, field: JsonObject): JsonObject {
  if (!isJsonArray(field.options)) return {}
  return {
    options: objectsAt(field, 'options').map((option) => ({
      id: text(option.id) === '' ? store.uuid() : text(option.id),
      value: text(option.value),
    })),
  }
}

/** A field as it is stored. Writes say `required` or `isRequired`, reads say `required`. */
function fieldOf(store: Store, sent: JsonObject): JsonObject {
  const labels = objectAt(sent, 'labels')
  const label = text(labels.singular)
  const type = text(sent.type)
  if (label === '') throw invalidValue('schema.fields', 'Field labels are required')
  if (!types.includes(type)) throw invalidValue('schema.fields', `"${type}" is not a field type`)
  const id = text(sent.id) === '' ? slugOf(label) : text(sent.id)
  return {
    id,
    labels,
    type,
    required: sent.required === true || sent.isRequired === true,
    ...(type === 'number' || type === 'decimal' ? { scale: sent.scale ?? 0 } : {}),
    ...pick(sent, ['description', 'origin', 'defaultCurrency']),
    ...optionsOf(store, sent),
    inherited: sent.inherited === true,
  }
}

function checkUnique(fields: readonly JsonObject[]): void {
  const labels = fields.map((field) => text(objectAt(field, 'labels').singular).toLowerCase())
  if (new Set(labels).size < labels.length) throw invalidValue('schema.fields', 'Field labels must be unique')
  const ids = fields.map((field) => field.id)
  if (new Set(ids).size < ids.length) throw invalidValue('schema.fields', 'Field ids must be unique')
}

function relationshipOf(sent: JsonObject): JsonObject {
  const namespace = text(sent.namespace)
  if (!namespaces.includes(namespace))
    throw invalidValue('schema.relationships', `"${namespace}" is not a namespace`)
  return {
    id: text(sent.id),
    labels: objectAt(sent, 'labels'),
    description: text(sent.description),
    namespace,
    hasMany: sent.hasMany === true,
    inherited: sent.inherited === true,
  }
}

/** A whole schema out of a body; what a change may not change stays as it was. */
export function schemaOf(store: Store, sent: JsonObject, current: JsonObject | undefined): JsonObject {
  const slug = current === undefined ? text(sent.slug) : text(current.slug)
  if (slug === '') throw invalidValue('schema.slug', 'Schema slug is required')
  const labels = objectAt(sent, 'labels')
  if (text(labels.singular) === '' || text(labels.plural) === '') {
    throw invalidValue('schema.labels', 'Schema labels are required')
  }
  const taken = [...objectsOf(store).schemas.values()].some(
    (one) => one.slug === slug && one.id !== current?.id,
  )
  if (taken) throw invalidValue('schema.slug', 'Schema slug must be unique')
  const before = current === undefined ? [] : objectsAt(current, 'fields')
  const fields = mergedFields(
    objectsAt(sent, 'fields').map((field) => fieldOf(store, field)),
    before,
  )
  checkUnique(fields)
  const now = store.nano()
  return {
    id: current?.id ?? store.uuid(),
    slug,
    visibility: current?.visibility ?? 'private',
    labels,
    description: text(sent.description),
    createdTimestamp: current?.createdTimestamp ?? now,
    updatedTimestamp: now,
    ...pick(current ?? {}, ['parentId', 'appId']),
    fields,
    icons: { default: defaultIcon, ...objectAt(sent, 'icons') },
    relationships: current?.relationships ?? objectsAt(sent, 'relationships').map(relationshipOf),
  }
}

/** A change adds fields and renames them; types stay, and fields go only by their own deletion. */
function mergedFields(sent: readonly JsonObject[], before: readonly JsonObject[]): readonly JsonObject[] {
  const kept = before.map((old): JsonObject => {
    const changed = sent.find((field) => field.id === old.id)
    if (changed === undefined) return old
    if (changed.type !== old.type)
      throw invalidValue('schema.fields', 'The type of a field cannot be changed')
    return { ...old, ...changed, inherited: old.inherited ?? false }
  })
  return [...kept, ...sent.filter((field) => !before.some((old) => old.id === field.id))]
}
