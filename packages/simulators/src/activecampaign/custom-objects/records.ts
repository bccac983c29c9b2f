import { type Call, type Endpoint, param } from '../core/call.ts'
import { isJsonArray, isJsonObject, type JsonObject, objectAt, objectsAt, text } from '../core/json.ts'
import { bracketed } from '../core/query.ts'
import { created, ok, problem } from '../core/reply.ts'
import { recordsOf, schemaOfRecords } from './object-store.ts'
import { fieldsOf, relationsOf } from './record-input.ts'
import { objectPage } from './schemas.ts'

const path = 'customObjects/records/:schema'

const schemaOf = (call: Call): JsonObject => schemaOfRecords(call.store, param(call, 'schema'))

/** `filters[relationships.primary-contact][eq]=14`. Other filters are ignored. */
function chosen(call: Call, all: readonly JsonObject[]): readonly JsonObject[] {
  return bracketed(call.query, 'filters').reduce<readonly JsonObject[]>(
    (records, { path: [name = '', op], value }) => {
      const relation = /^relationships\.(.+)$/.exec(name)?.[1]
      if (relation === undefined || op !== 'eq') return records
      return records.filter((record) => {
        const ids = objectAt(record, 'relationships')[relation]
        return isJsonArray(ids) && ids.includes(value)
      })
    },
    all,
  )
}

function byExternalId(call: Call, id: string): JsonObject | undefined {
  return [...recordsOf(call.store, schemaOf(call)).values()].find((record) => record.externalId === id)
}

function found(record: JsonObject | undefined): JsonObject {
  if (record === undefined) throw problem(404, 'Not Found')
  return record
}

const byId = (call: Call): JsonObject =>
  found(recordsOf(call.store, schemaOf(call)).get(param(call, 'record')))
const byExternal = (call: Call): JsonObject => found(byExternalId(call, param(call, 'external')))

/**
 * Which record a write means. A sent id counts only when it matches, and when the sent external id, if any, is that
 * record's own; an external id alone finds its record. Everything else makes a new one, under an id of its own.
 */
function meant(call: Call, id: string, externalId: string): JsonObject | undefined {
  const known = id === '' ? undefined : recordsOf(call.store, schemaOf(call)).get(id)
  if (known !== undefined) return externalId === '' || known.externalId === externalId ? known : undefined
  return id === '' && externalId !== '' ? byExternalId(call, externalId) : undefined
}

const write: Endpoint = {
  operation: 'customObjects.records.write',
  method: 'POST',
  path,
  handle: (call) => {
    const { store } = call
    const schema = schemaOf(call)
    const sent = call.body.record
    if (!isJsonObject(sent)) throw problem(400, 'Bad Request')
    const externalId = text(sent.externalId)
    const current = meant(call, text(sent.id), externalId)
    if (current === undefined && externalId !== '' && byExternalId(call, externalId) !== undefined) {
      throw problem(422, 'Invalid attribute', {
        detail: 'externalId must be unique among the records of a schema.',
      })
    }
    const kept = store.behaviour.omittedRecordFields === 'kept' && current !== undefined
    const record: JsonObject = {
      id: current?.id ?? store.uuid(),
      ...(externalId === '' && current?.externalId === undefined
        ? {}
        : { externalId: current?.externalId ?? externalId }),
      schemaId: text(schema.id),
      fields: fieldsOf(schema, sent, kept ? objectsAt(current, 'fields') : []),
      relationships:
        'relationships' in sent || current === undefined
          ? relationsOf(schema, sent)
          : objectAt(current, 'relationships'),
      createdTimestamp: current?.createdTimestamp ?? store.nano(),
      updatedTimestamp: store.nano(),
    }
    recordsOf(store, schema).set(text(record.id), record)
    return created({ record })
  },
}

/** Deletions are answered at once and done later: a read in between still finds the record. */
const remove = (external: boolean): Endpoint => ({
  operation: 'customObjects.records.delete',
  method: 'DELETE',
  path: external ? `${path}/external/:external` : `${path}/:record`,
  handle: (call) => {
    const records = recordsOf(call.store, schemaOf(call))
    const { id } = external ? byExternal(call) : byId(call)
    call.store.later(call.store.behaviour.asyncDeleteMs, () => records.delete(text(id)))
    return { status: 202, body: undefined }
  },
})

export const recordEndpoints: readonly Endpoint[] = [
  {
    operation: 'customObjects.records.list',
    method: 'GET',
    path,
    handle: (call) => {
      const { page, meta } = objectPage(
        call,
        chosen(call, [...recordsOf(call.store, schemaOf(call)).values()]),
      )
      return ok({ records: page, meta })
    },
  },
  write,
  {
    operation: 'customObjects.records.getByExternalId',
    method: 'GET',
    path: `${path}/external/:external`,
    handle: (call) => ok({ record: byExternal(call) }),
  },
  {
    operation: 'customObjects.records.get',
    method: 'GET',
    path: `${path}/:record`,
    handle: (call) => ok({ record: byId(call) }),
  },
  remove(true),
  remove(false),
]
