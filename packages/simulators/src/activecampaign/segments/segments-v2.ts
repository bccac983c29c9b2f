import { type Call, type Endpoint, param } from '../core/call.ts'
import { isJsonArray, isJsonObject, type JsonObject, objectAt, text } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import { created, ok, problem, Rejection } from '../core/reply.ts'
import type { Store } from '../core/store.ts'

/** Segments of the new kind by uuid. */
export const segmentsOf = perStore(() => new Map<string, JsonObject>())

/** What was sent: `{data: {…}}` or `{data: [{…}]}`. */
export function sentAttributes(call: Call): JsonObject {
  const { data } = call.body
  const first = isJsonArray(data) ? data[0] : data
  const attributes = isJsonObject(first) ? objectAt(first, 'attributes') : {}
  if (!isJsonArray(attributes.segment_conditions) || !isJsonArray(attributes.segment_condition_groups)) {
    throw problem(400, 'Bad Request', {
      detail: 'segment_conditions and segment_condition_groups are required.',
    })
  }
  return attributes
}

export function saveSegment(store: Store, id: string, attributes: JsonObject): JsonObject {
  const before = objectAt(segmentsOf(store).get(id) ?? {}, 'attributes')
  const segment = {
    id,
    type: 'Segment.v2',
    attributes: {
      created_date: before.created_date ?? new Date(store.now()).toISOString(),
      segment_condition_group_operator: 'and',
      ...attributes,
      segment_id: id,
      segment_hash: store.hex(),
      user_id: '1',
    },
  }
  segmentsOf(store).set(id, segment)
  return segment
}

export function segmentOr404(call: Call, id: string): JsonObject {
  const segment = segmentsOf(call.store).get(id)
  if (segment === undefined) {
    throw new Rejection(404, {
      errors: [{ code: 'not_found', detail: `Segment ${id} not found`, status: '404', title: 'Not Found' }],
    })
  }
  return segment
}

const one = 'segmentsV2/:segment'

export const segmentV2Endpoints: readonly Endpoint[] = [
  {
    operation: 'segmentsV2.list',
    method: 'GET',
    path: 'segmentsV2',
    handle: ({ store }) => ok({ data: [...segmentsOf(store).values()] }),
  },
  {
    operation: 'segmentsV2.create',
    method: 'POST',
    path: 'segmentsV2',
    handle: (call) => created({ data: [saveSegment(call.store, call.store.uuid(), sentAttributes(call))] }),
  },
  {
    operation: 'segmentsV2.get',
    method: 'GET',
    path: one,
    handle: (call) => ok({ data: [segmentOr404(call, param(call, 'segment'))] }),
  },
  {
    operation: 'segmentsV2.update',
    method: 'PUT',
    path: one,
    handle: (call) => {
      const id = param(call, 'segment')
      segmentOr404(call, id)
      return ok({ data: [saveSegment(call.store, id, sentAttributes(call))] })
    },
  },
  {
    operation: 'segmentsV2.delete',
    method: 'DELETE',
    path: one,
    handle: (call) => {
      segmentOr404(call, param(call, 'segment'))
      segmentsOf(call.store).delete(param(call, 'segment'))
      return ok({})
    },
  },
  {
    operation: 'audiences.list',
    method: 'GET',
    path: 'audiences',
    handle: ({ store }) => {
      // Only segments with a name are saved ones.
      const saved = [...segmentsOf(store).values()].filter(
        (row) => text(objectAt(row, 'attributes').name) !== '',
      )
      const summary = ({ id = '', attributes = {} }: JsonObject): JsonObject => {
        const { name = '', description = '', created_date = '' } = isJsonObject(attributes) ? attributes : {}
        return { id, type: 'segmentSummary', attributes: { segment_id: id, name, description, created_date } }
      }
      return ok({ data: saved.map(summary) })
    },
  },
]
