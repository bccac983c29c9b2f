import type { Fault } from '@dynacamp/simulators'

/** What can happen to a request, by name. */
export const faults = {
  '429 with Retry-After': { kind: 'status', status: 429, retryAfter: 3 },
  '429 without Retry-After': { kind: 'status', status: 429 },
  '500': { kind: 'status', status: 500 },
  '503 with Retry-After': { kind: 'status', status: 503, retryAfter: 2 },
  '504': { kind: 'status', status: 504 },
  'cut before the request': { kind: 'cut', when: 'before' },
  'cut after the request': { kind: 'cut', when: 'after' },
  'truncated answer': { kind: 'truncate', share: 0.6 },
  'empty answer': { kind: 'rewrite', change: (answer) => ({ ...answer, body: '' }) },
  'a page of HTML': {
    kind: 'rewrite',
    change: (answer) => ({ ...answer, headers: { 'content-type': 'text/html' }, body: '<h1>Sorry</h1>' }),
  },
  'rows of the wrong shape': {
    kind: 'rewrite',
    change: (answer) => ({
      ...answer,
      body: (answer.body ?? '').replaceAll(/"(id|contactid)":/g, '"other":'),
    }),
  },
  'an odd date': {
    kind: 'rewrite',
    change: (answer) => ({
      ...answer,
      body: (answer.body ?? '').replace(/"cdate":"[^"]*"/, '"cdate":"soon"'),
    }),
  },
  'slow answer': { kind: 'latency', ms: 20_000 },
  'answer that never comes': { kind: 'latency', ms: 600_000 },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof faults

export const faultNames = Object.keys(faults).filter((name): name is FaultName => name in faults)
