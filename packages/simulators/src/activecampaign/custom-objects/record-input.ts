import { isJsonArray, type Json, type JsonObject, objectAt, objectsAt, text } from '../core/json.ts'
import { problem } from '../core/reply.ts'
import { invalidValue } from './object-store.ts'

/** Does the value fit the field? Encodings of currencies are not documented, so any scalar or object will do. */
function fits(field: JsonObject, value: Json): boolean {
  if (value === null || value === '') return field.required !== true
  const options = objectsAt(field, 'options')
  const isOption = (one: Json): boolean => options.some((option) => option.value === one || option.id === one)
  switch (field.type) {
    case 'number':
    case 'decimal':
      return typeof value === 'number'
    case 'dropdown':
      return isOption(value)
    case 'multiselect':
      return isJsonArray(value) && value.every(isOption)
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
    case 'text':
    case 'textarea':
      return typeof value === 'string'
    default:
      return true
  }
}

/** The fields of a record as sent, each checked against the schema. */
export function fieldsOf(
  schema: JsonObject,
  sent: JsonObject,
  before: readonly JsonObject[],
): readonly JsonObject[] {
  if (!isJsonArray(sent.fields)) throw problem(400, 'Bad Request')
  const fields = objectsAt(sent, 'fields').map(({ id, value }) => ({ id: text(id), value: value ?? null }))
  const defined = objectsAt(schema, 'fields').filter((field) => field.status === undefined)
  for (const { id, value } of fields) {
    const field = defined.find((one) => one.id === id)
    if (field === undefined) {
      throw invalidValue(
        `record.fields.${id}`,
        `Field "${id}" cannot accept a value that is not defined in the schema.`,
      )
    }
    if (!fits(field, value))
      throw invalidValue(`record.fields.${id}`, `The value does not fit the field "${id}".`)
  }
  const all = [...before.filter((old) => !fields.some(({ id }) => id === old.id)), ...fields]
  const lacking = defined.find((field) => field.required === true && !all.some(({ id }) => id === field.id))
  if (lacking !== undefined)
    throw invalidValue(`record.fields.${text(lacking.id)}`, 'A required field is missing.')
  return all
}

/** Relations as sent, with ids as text; a relation that is not `hasMany` holds one. */
export function relationsOf(schema: JsonObject, sent: JsonObject): JsonObject {
  const entries = Object.entries(objectAt(sent, 'relationships')).map(([name, ids]): [string, Json] => {
    const relation = objectsAt(schema, 'relationships').find((one) => one.id === name)
    if (relation === undefined) {
      throw invalidValue(
        `record.relationships.${name}`,
        `"${name}" cannot accept a value that is not defined in the schema.`,
      )
    }
    const list = isJsonArray(ids) ? ids.map(text) : [text(ids)]
    if (relation.hasMany !== true && list.length > 1) {
      throw invalidValue(`record.relationships.${name}`, 'The relationship holds one record.')
    }
    return [name, list]
  })
  return Object.fromEntries(entries)
}
