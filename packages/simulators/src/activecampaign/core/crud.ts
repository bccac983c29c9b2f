import { type Call, type Endpoint, param } from './call.ts'
import { type Json, type JsonObject, objectAt, pick, type Row, stored } from './json.ts'
import { chosenRows, pageOfRows } from './listing.ts'
import { checkPermission } from './permission.ts'
import { noResult, ok, type Reply } from './reply.ts'
import type { Resource } from './resource.ts'
import { createdRow, fullRow, listRow, updatedRow } from './show.ts'

/** The row with that id, or the 404 that its endpoint answers. */
export function rowOr404(resource: Resource, call: Call, id: string): Row {
  const row = call.store.tables[resource.path].get(id)
  if (row === undefined) throw resource.notFound?.() ?? noResult(resource.model, id)
  return row
}

/** What of a body is stored: known columns, scalars as text. */
export function sentColumns(resource: Resource, call: Call, sent: JsonObject): JsonObject {
  const { id: _, ...known } = pick(sent, Object.keys(resource.defaults(call.store)))
  const columns = Object.entries(known).filter(([column]) => resource.readOnly?.includes(column) !== true)
  return Object.fromEntries(columns.map(([column, value]): [string, Json] => [column, stored(value)]))
}

/** Writes a new row, with everything that follows from it. */
export function createRow(resource: Resource, call: Call, sent: JsonObject): Row {
  const columns = resource.accept?.(call, sent, undefined) ?? sentColumns(resource, call, sent)
  const table = call.store.tables[resource.path]
  const row = table.put({ ...resource.defaults(call.store), ...columns, id: table.nextId() })
  resource.wrote?.(row, call, undefined)
  return table.get(row.id) ?? row
}

/** Changes a row; columns that are not sent stay. */
export function updateRow(resource: Resource, call: Call, row: Row, sent: JsonObject): Row {
  const columns = resource.accept?.(call, sent, row) ?? sentColumns(resource, call, sent)
  const table = call.store.tables[resource.path]
  const changed = table.put({ ...row, ...resource.touched?.(call.store), ...columns, id: row.id })
  resource.wrote?.(changed, call, row)
  return table.get(row.id) ?? changed
}

export function removeRow(resource: Resource, call: Call, row: Row): void {
  call.store.tables[resource.path].remove(row.id)
  resource.removed?.(row, call)
}

/** The object a body carries under the resource's key. */
export const sentRow = (resource: Resource, call: Call): JsonObject => objectAt(call.body, resource.one)

function list(resource: Resource, call: Call): Reply {
  const rows = chosenRows(resource, call)
  const { page, meta } = pageOfRows(resource, rows, call)
  return ok({
    ...resource.beside?.(page, call.store, 'list', call),
    [resource.path]: page.map((row) => listRow(resource, row, call)),
    meta,
  })
}

function get(resource: Resource, call: Call): Reply {
  const row = rowOr404(resource, call, param(call, 'id'))
  return ok({
    ...resource.beside?.([row], call.store, 'get', call),
    [resource.one]: fullRow(resource, row, call),
  })
}

function create(resource: Resource, call: Call): Reply {
  checkPermission(call.store, resource.permission?.create, resource.permission?.detail)
  const sent = sentRow(resource, call)
  const row = createRow(resource, call, sent)
  return {
    status: resource.createdStatus ?? 201,
    body: {
      ...resource.beside?.([row], call.store, 'create', call),
      [resource.one]: createdRow(resource, row, sent, call),
    },
  }
}

function update(resource: Resource, call: Call): Reply {
  checkPermission(call.store, resource.permission?.update)
  const sent = sentRow(resource, call)
  const row = updateRow(resource, call, rowOr404(resource, call, param(call, 'id')), sent)
  return ok({
    ...resource.beside?.([row], call.store, 'update', call),
    [resource.one]: updatedRow(resource, row, sent, call),
  })
}

function remove(resource: Resource, call: Call): Reply {
  checkPermission(call.store, resource.permission?.remove)
  removeRow(resource, call, rowOr404(resource, call, param(call, 'id')))
  return { status: 200, body: resource.deletedBody === undefined ? {} : resource.deletedBody.body }
}

/** `DELETE /dealGroups/` without an id means the row with id 0, which no table has (recorded). */
const removeNothing = (resource: Resource, call: Call): Reply => {
  rowOr404(resource, call, '0')
  return ok({})
}

type Action = 'list' | 'get' | 'create' | 'update' | 'remove'

/** The five ordinary endpoints of a collection; `PATCH` does what `PUT` does. */
export function crud(
  resource: Resource,
  actions: readonly Action[] = ['list', 'get', 'create', 'update', 'remove'],
): readonly Endpoint[] {
  const { path } = resource
  const one = `${path}/:id`
  const all: readonly (Endpoint & { readonly action: Action })[] = [
    {
      action: 'list',
      operation: `${path}.list`,
      method: 'GET',
      path,
      handle: (call) => list(resource, call),
    },
    {
      action: 'create',
      operation: `${path}.create`,
      method: 'POST',
      path,
      handle: (call) => create(resource, call),
    },
    {
      action: 'get',
      operation: `${path}.get`,
      method: 'GET',
      path: one,
      handle: (call) => get(resource, call),
    },
    {
      action: 'update',
      operation: `${path}.update`,
      method: 'PUT',
      path: one,
      handle: (call) => update(resource, call),
    },
    {
      action: 'update',
      operation: `${path}.update`,
      method: 'PATCH',
      path: one,
      handle: (call) => update(resource, call),
    },
    {
      action: 'remove',
      operation: `${path}.delete`,
      method: 'DELETE',
      path: one,
      handle: (call) => remove(resource, call),
    },
    {
      action: 'remove',
      operation: `${path}.delete`,
      method: 'DELETE',
      path,
      handle: (call) => removeNothing(resource, call),
    },
  ]
  return all.filter(({ action }) => actions.includes(action))
}
