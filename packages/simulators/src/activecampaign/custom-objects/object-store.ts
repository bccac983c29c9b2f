import { type JsonObject, text } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import { problem, Rejection } from '../core/reply.ts'
import type { Store } from '../core/store.ts'

/** Schemas and records have ids of their own making and live apart from the ordinary tables. */
interface ObjectStore {
  readonly schemas: Map<string, JsonObject>
  /** Records by schema, then by id. */
  readonly records: Map<string, Map<string, JsonObject>>
}

export const objectsOf = perStore<ObjectStore>(() => ({ schemas: new Map(), records: new Map() }))

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The schema with that id: 404 when there is none, 400 for records when it is no id at all. */
export function schemaOr404(store: Store, id: string): JsonObject {
  const schema = objectsOf(store).schemas.get(id)
  if (schema === undefined) throw new Rejection(404, { message: 'Not Found' })
  return schema
}

export function schemaOfRecords(store: Store, id: string): JsonObject {
  if (!uuidPattern.test(id)) throw problem(400, 'Bad Request')
  return schemaOr404(store, id)
}

export function recordsOf(store: Store, schema: JsonObject): Map<string, JsonObject> {
  const { records } = objectsOf(store)
  const id = text(schema.id)
  const known = records.get(id) ?? new Map<string, JsonObject>()
  records.set(id, known)
  return known
}

export const recordsOfSlug = (store: Store, slug: string): readonly JsonObject[] =>
  [...objectsOf(store).schemas.values()]
    .filter((schema) => schema.slug === slug)
    .flatMap((schema) => [...recordsOf(store, schema).values()])

/** 422 as custom objects write it: `source` has `type` and `value`, not `pointer`. */
export const invalidValue = (field: string, detail: string): Rejection =>
  new Rejection(422, {
    errors: [
      {
        title: `Invalid value for field "${field}"`,
        detail,
        source: { type: 'pointer', value: `/data/attributes/${field.replaceAll('.', '/')}` },
      },
    ],
  })
