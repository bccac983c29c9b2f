import { type Call, type Endpoint, param } from '../core/call.ts'
import { type JsonObject, objectAt, objectsAt, text } from '../core/json.ts'
import { checkPermission } from '../core/permission.ts'
import { numberOf } from '../core/query.ts'
import { created, forbidden, ok, problem } from '../core/reply.ts'
import { objectsOf, recordsOf, schemaOr404 } from './object-store.ts'
import { schemaOf } from './schema-input.ts'

const path = 'customObjects/schemas'

/** Fields marked for deletion are hidden unless all are asked for. */
function shown(call: Call, schema: JsonObject): JsonObject {
  if (call.query.get('showFields') === 'all') return schema
  return { ...schema, fields: objectsAt(schema, 'fields').filter((field) => field.status === undefined) }
}

/** Page and `meta` of custom objects: real numbers, unlike everywhere else. */
export function objectPage<Item>(call: Call, all: readonly Item[]) {
  const asked = numberOf(call.query, 'limit', 20)
  const limit = Math.min(asked > 0 ? asked : 20, 100)
  const offset = Math.max(numberOf(call.query, 'offset', 0), 0)
  const page = all.slice(offset, offset + limit)
  return { page, meta: { total: all.length, count: page.length, limit, offset } }
}

const list: Endpoint = {
  operation: 'customObjects.schemas.list',
  method: 'GET',
  path,
  handle: (call) => {
    const { page, meta } = objectPage(call, [...objectsOf(call.store).schemas.values()])
    return ok({ schemas: page.map((schema) => shown(call, schema)), meta })
  },
}

const get: Endpoint = {
  operation: 'customObjects.schemas.get',
  method: 'GET',
  path: `${path}/:schema`,
  handle: (call) => ok({ schema: shown(call, schemaOr404(call.store, param(call, 'schema'))) }),
}

function save(call: Call, schema: JsonObject): JsonObject {
  // A header turns any write into a rehearsal.
  if (call.headers.get('validateonly') !== 'true') objectsOf(call.store).schemas.set(text(schema.id), schema)
  return schema
}

const create: Endpoint = {
  operation: 'customObjects.schemas.create',
  method: 'POST',
  path,
  handle: (call) => {
    if (!call.store.behaviour.customObjects) throw forbidden()
    return created({ schema: save(call, schemaOf(call.store, objectAt(call.body, 'schema'), undefined)) })
  },
}

const update: Endpoint = {
  operation: 'customObjects.schemas.update',
  method: 'PUT',
  path: `${path}/:schema`,
  handle: (call) => {
    const current = schemaOr404(call.store, param(call, 'schema'))
    return ok({ schema: save(call, schemaOf(call.store, objectAt(call.body, 'schema'), current)) })
  },
}

const remove: Endpoint = {
  operation: 'customObjects.schemas.delete',
  method: 'DELETE',
  path: `${path}/:schema`,
  handle: (call) => {
    const schema = schemaOr404(call.store, param(call, 'schema'))
    recordsOf(call.store, schema).clear()
    objectsOf(call.store).schemas.delete(text(schema.id))
    return { status: 200, body: undefined }
  },
}

const removeField: Endpoint = {
  operation: 'customObjects.schemas.deleteField',
  method: 'DELETE',
  path: `${path}/:schema/fields/:field`,
  handle: (call) => {
    checkPermission(call.store, 'p_admin')
    const schema = schemaOr404(call.store, param(call, 'schema'))
    const id = param(call, 'field')
    if (schema.visibility !== 'private' || schema.parentId !== undefined) throw problem(400, 'Bad Request')
    const fields = objectsAt(schema, 'fields')
    if (!fields.some((field) => field.id === id)) throw problem(404, 'Not Found')
    const marked = fields.map((field) =>
      field.id === id ? { ...field, status: 'marked_for_deletion' } : field,
    )
    objectsOf(call.store).schemas.set(text(schema.id), { ...schema, fields: marked })
    return { status: 202, body: undefined }
  },
}

const createPublic: Endpoint = {
  operation: 'customObjects.schemas.createPublic',
  method: 'POST',
  path: `${path}/public`,
  handle: (call) => {
    const sent = objectAt(call.body, 'schema')
    const appId = text(sent.appId)
    if (appId === '') throw problem(400, 'Bad Request')
    const schema = schemaOf(call.store, { ...sent, slug: `app-${appId}-${text(sent.slug)}` }, undefined)
    return ok({ schema: save(call, { ...schema, visibility: 'public', appId }) })
  },
}

const createChild: Endpoint = {
  operation: 'customObjects.schemas.createChild',
  method: 'POST',
  path: `${path}/:schema/child`,
  handle: (call) => {
    const parent = schemaOr404(call.store, param(call, 'schema'))
    if (parent.visibility !== 'public') throw problem(400, 'Bad Request')
    const inherited = (key: string): readonly JsonObject[] =>
      objectsAt(parent, key).map((entry) => ({ ...entry, inherited: true }))
    const child = {
      ...parent,
      id: call.store.uuid(),
      parentId: text(parent.id),
      slug: `${text(parent.slug)}-child`,
      visibility: 'private',
      fields: inherited('fields'),
      relationships: inherited('relationships'),
    }
    return ok({ schema: save(call, child) })
  },
}

export const schemaEndpoints: readonly Endpoint[] = [
  createPublic,
  createChild,
  removeField,
  list,
  create,
  get,
  update,
  remove,
]
