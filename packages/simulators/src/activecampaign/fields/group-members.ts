import { type Call, type Endpoint, param } from '../core/call.ts'
import { type JsonObject, objectAt, type Row, text } from '../core/json.ts'
import { pageOf } from '../core/query.ts'
import { created, invalid, missing, noResult, ok, problem } from '../core/reply.ts'
import { linksOf } from '../core/show.ts'

/** A field's place in a group of the user interface. Everything here is a real number. */
const shown = ({ store }: Call, row: Row): JsonObject => ({
  id: Number(row.id),
  group_id: row.group_id ?? 0,
  rel_id: row.rel_id ?? 0,
  ordernum: row.ordernum ?? 0,
  created_by: 1,
  updated_by: 1,
  links: linksOf(store, 'groupMembers', row.id, ['groupDefinition']),
})

function rowOr404(call: Call): Row {
  const row = call.store.tables.groupMembers.get(param(call, 'id'))
  if (row === undefined) throw problem(404, 'Not Found')
  return row
}

function columnsOf(call: Call, current?: Row): JsonObject {
  const sent = objectAt(call.body, 'groupMember')
  const group = text(sent.group_id ?? current?.group_id)
  if (call.store.tables.groupDefinitions.get(group) === undefined) throw noResult('GroupDefinition', group)
  if (text(sent.rel_id ?? current?.rel_id) === '') {
    throw invalid('The field title was not provided.', 'field_missing')
  }
  const last = call.store.tables.groupMembers.size + 1
  return {
    group_id: Number(group),
    rel_id: Number(text(sent.rel_id ?? current?.rel_id)),
    ordernum: text(sent.ordernum) === '' ? (current?.ordernum ?? last) : Number(sent.ordernum),
  }
}

const definition = ({ store }: Call, row: Row): JsonObject => ({
  ...row,
  id: Number(row.id),
  links: linksOf(store, 'groupDefinitions', row.id, ['groupMembers']),
})

/** Groups of the user interface. Every account has one for contacts (1), deals (2) and accounts (3). */
const groupDefinitionEndpoints: readonly Endpoint[] = [
  {
    operation: 'groupDefinitions.create',
    method: 'POST',
    path: 'groupDefinitions',
    handle: (call) => {
      const sent = objectAt(call.body, 'groupDefinition')
      const label = text(sent.label)
      if (label === '') throw missing('groupDefinition', 'label')
      const { groupDefinitions } = call.store.tables
      const [type, place] = [Number(text(sent.groupType)), Number(text(sent.ordernum))]
      if (![1, 2, 3].includes(type))
        throw invalid('The group type must be 1, 2 or 3.', 'field_invalid', 'groupType')
      const ordernum = place > 0 ? place : groupDefinitions.size + 1
      const row = groupDefinitions.put({ label, type_id: type, ordernum, id: groupDefinitions.nextId() })
      return created({ groupDefinition: definition(call, row) })
    },
  },
  {
    operation: 'groupMembers.list',
    method: 'GET',
    path: 'groupMembers',
    handle: (call) => {
      const { groupDefinitions, groupMembers } = call.store.tables
      const { limit, offset } = pageOf(call.query)
      return ok({
        groupMembers: groupMembers.rows.map((row) => shown(call, row)),
        groupDefinitions: groupDefinitions.rows
          .slice(offset, offset + limit)
          .map((row) => definition(call, row)),
        meta: { total: String(groupDefinitions.size) },
      })
    },
  },
]

export const groupMemberEndpoints: readonly Endpoint[] = [
  ...groupDefinitionEndpoints,
  {
    operation: 'groupMembers.create',
    method: 'POST',
    path: 'groupMembers',
    handle: (call) => {
      const { groupMembers } = call.store.tables
      return {
        status: 201,
        body: {
          groupMember: shown(call, groupMembers.put({ ...columnsOf(call), id: groupMembers.nextId() })),
        },
      }
    },
  },
  {
    operation: 'groupMembers.get',
    method: 'GET',
    path: 'groupMembers/:id',
    handle: (call) => ok({ groupMember: shown(call, rowOr404(call)) }),
  },
  {
    operation: 'groupMembers.update',
    method: 'PUT',
    path: 'groupMembers/:id',
    handle: (call) => {
      const id = param(call, 'id')
      // Documented: this call alone names the model.
      if (call.store.tables.groupMembers.get(id) === undefined) throw noResult('GroupDefinition', id)
      const row = rowOr404(call)
      const changed = call.store.tables.groupMembers.put({ ...row, ...columnsOf(call, row) })
      return ok({ groupMember: shown(call, changed) })
    },
  },
  {
    operation: 'groupMembers.delete',
    method: 'DELETE',
    path: 'groupMembers/:id',
    handle: (call) => {
      call.store.tables.groupMembers.remove(rowOr404(call).id)
      return ok({})
    },
  },
]
