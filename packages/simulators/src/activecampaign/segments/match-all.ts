import { type Call, type Endpoint, param } from '../core/call.ts'
import { type JsonObject, objectAt } from '../core/json.ts'
import { perStore } from '../core/per-store.ts'
import { numberOf } from '../core/query.ts'
import { ok, Rejection, type Reply } from '../core/reply.ts'
import { matches, membersOf } from './segment-members.ts'
import { saveSegment, segmentOr404, segmentsOf, sentAttributes } from './segments-v2.ts'

const dayMs = 86_400_000

interface Run {
  readonly id: string
  readonly segment: string
  readonly atMs: number
  readonly found: readonly number[]
}

const runsOf = perStore(() => new Map<string, Run>())

const utc = (atMs: number): string => new Date(atMs).toISOString()

/** How far a run is; its page of matches once it is ready. The service waits 4 seconds for it, the simulator not. */
function answer(call: Call, run: Run): Reply {
  const { store, query } = call
  const endMs = run.atMs + store.behaviour.segmentRunMs
  const ready = store.now() >= endMs
  const size = Math.min(numberOf(query, 'page_size', 20), 10_000)
  const page = Math.max(numberOf(query, 'page', 1), 1)
  const results: JsonObject = {
    run_id_end: utc(endMs),
    matches: run.found.slice((page - 1) * size, page * size),
    page: {
      current_page: page,
      last_page: Math.max(Math.ceil(run.found.length / size), 1),
      per_page: size,
      total: run.found.length,
    },
  }
  return ok({
    data: [
      {
        id: `${run.id}-${String(page)}`,
        type: 'matchAll',
        attributes: {
          run_id: run.id,
          run_id_start: utc(run.atMs),
          is_ready: ready,
          segment_id: run.segment,
          segment_timestamp: utc(run.atMs),
          ...(ready ? results : {}),
        },
      },
    ],
  })
}

/** Who is in a segment now: a uuid names one of the new kind, a number one of the old. */
function found(call: Call, segment: string): readonly number[] {
  if (call.store.tables.segments.get(segment) !== undefined)
    return [...membersOf(call.store, segment)].map(Number)
  return matches(call.store, objectAt(segmentOr404(call, segment), 'attributes'))
}

function start(call: Call, segment: string): Reply {
  const { store } = call
  const run: Run = { id: store.uuid(), segment, atMs: store.now(), found: found(call, segment) }
  runsOf(store).set(run.id, run)
  return answer(call, run)
}

export const matchAllEndpoints: readonly Endpoint[] = [
  {
    operation: 'segmentMatchAll.create',
    method: 'POST',
    path: 'segmentMatchAll',
    handle: (call) => {
      const { store } = call
      const id = store.uuid()
      saveSegment(store, id, sentAttributes(call))
      // A segment made for one match lives for a day.
      store.later(dayMs, () => segmentsOf(store).delete(id))
      return start(call, id)
    },
  },
  {
    operation: 'segmentMatchAll.start',
    method: 'GET',
    path: 'segmentMatchAll/:segment',
    handle: (call) => start(call, param(call, 'segment')),
  },
  {
    operation: 'segmentMatchAll.get',
    method: 'GET',
    path: 'segmentMatchAll/:segment/:run',
    handle: (call) => {
      const run = runsOf(call.store).get(param(call, 'run'))
      if (run === undefined || run.segment !== param(call, 'segment')) {
        throw new Rejection(404, {
          errors: [{ code: 'not_found', detail: 'Run not found', status: '404', title: 'Not Found' }],
        })
      }
      return answer(call, run)
    },
  },
  {
    operation: 'segmentMatch.get',
    method: 'GET',
    path: 'segmentMatch/:segment/:contact',
    handle: (call) => {
      const { store } = call
      const [segment, contact] = [param(call, 'segment'), param(call, 'contact')]
      return ok({
        data: [
          {
            id: `${segment}-${contact}`,
            type: 'match',
            attributes: {
              created_timestamp: utc(store.now()),
              entity_id: contact,
              match: found(call, segment).includes(Number(contact)),
              segment_id: segment,
              segment_timestamp: utc(store.now()),
            },
          },
        ],
      })
    },
  },
]
