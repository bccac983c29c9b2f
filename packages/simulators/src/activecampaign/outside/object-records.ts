import { type JsonObject, objectsAt } from '../core/json.ts'
import type { Store } from '../core/store.ts'
import { objectsOf, recordsOf } from '../custom-objects/object-store.ts'
import { fieldsOf } from '../custom-objects/record-input.ts'
import type { RowInput } from './rows.ts'

const found = (store: Store, slug: string, id: string) => {
  const schema = [...objectsOf(store).schemas.values()].find((one) => one.slug === slug)
  const records = schema && recordsOf(store, schema)
  const record = records?.get(id)
  if (schema === undefined || records === undefined || record === undefined) {
    throw new Error(`There is no record ${id} of ${slug}.`)
  }
  return { schema, records, record }
}

/** Sets values of a record by the ids of its fields, each checked against the schema. */
export function updateObjectRecord(store: Store, slug: string, id: string, values: RowInput): JsonObject {
  const { schema, records, record } = found(store, slug, id)
  const sent = Object.entries(values).map(([field, value]) => ({ id: field, value }))
  const fields = fieldsOf(schema, { fields: sent }, objectsAt(record, 'fields'))
  const changed = { ...record, fields, updatedTimestamp: store.nano() }
  records.set(id, changed)
  return changed
}

/** Takes a record away at once. */
export function removeObjectRecord(store: Store, slug: string, id: string): void {
  found(store, slug, id).records.delete(id)
}
