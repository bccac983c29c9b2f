import type { RequestHandler } from 'msw'
import type { FaultControl } from './fault-control.ts'

/** What the simulators of both services have in common: three ways to reach one, its counters and its faults. */
export interface Simulator {
  /** Where clients believe the service to be, without a slash at the end. */
  readonly baseUrl: string
  /** Handlers for MSW: `setupServer(...simulator.handlers)`. */
  readonly handlers: readonly RequestHandler[]
  /** Answers in process, without a network. A cut connection rejects with a `TypeError`, as `fetch` does. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Serves on 127.0.0.1 until closed; links in answers then begin with `url`. Port 0 or none: any free one. */
  listen(port?: number): Promise<{ readonly url: string; close(): Promise<void> }>
  /** Requests that arrived, those struck by a fault included. */
  readonly calls: { readonly total: number; readonly byOperation: Readonly<Record<string, number>> }
  readonly faults: FaultControl
}
