import type { HttpEvent, RequestEvent, ResponseEvent } from '../events.ts'
import type { TelemetryMeter, TelemetrySpan, TelemetryTracer } from './telemetry-ports.ts'

/** Where spans and measurements go. Give one, or both. */
export interface OpenTelemetryOptions {
  readonly tracer?: TelemetryTracer
  readonly meter?: TelemetryMeter
}

// Names of https://opentelemetry.io/docs/specs/semconv/http/ where they exist.
const spanAttributes = (event: RequestEvent) => ({
  'http.request.method': event.method,
  'http.request.resend_count': event.attempt - 1,
  'url.full': event.url,
  'server.address': new URL(event.url).hostname,
  'dynacamp.service': event.service,
  'dynacamp.operation': event.operation,
})

const outcome = (event: ResponseEvent) => ({
  ...(event.status === undefined ? {} : { 'http.response.status_code': event.status }),
  ...(event.error === undefined ? {} : { 'error.type': event.error }),
})

const failed = (event: ResponseEvent): boolean => event.error !== undefined || (event.status ?? 0) >= 400

/**
 * A listener that turns events into OpenTelemetry: one client span per attempt, a histogram of durations and
 * one of waits (retries and throttling), both in seconds. Make one for each client.
 *
 * @example
 * ```ts
 * import { metrics, trace } from '@opentelemetry/api'
 *
 * const client = createHttpClient({
 *   service: 'dynamics',
 *   baseUrl: 'https://example.crm4.dynamics.com/api/data/v9.2',
 *   onEvent: openTelemetryEvents({
 *     tracer: trace.getTracer('dynacamp'),
 *     meter: metrics.getMeter('dynacamp'),
 *   }),
 * })
 * ```
 */
export const openTelemetryEvents = (options: OpenTelemetryOptions): ((event: HttpEvent) => void) => {
  const { tracer, meter } = options
  const durations = meter?.createHistogram('http.client.request.duration', {
    description: 'Duration of one attempt, its body included',
    unit: 's',
  })
  const waits = meter?.createHistogram('dynacamp.http.wait.duration', {
    description: 'Time a call waits for the limiter or before it is sent again',
    unit: 's',
  })
  const spans = new Map<string, TelemetrySpan>()

  const started = (event: RequestEvent, key: string) => {
    if (tracer === undefined) return
    const attributes = spanAttributes(event)
    spans.set(key, tracer.startSpan(event.operation, { kind: 2, startTime: event.atMs, attributes }))
  }

  const ended = (event: ResponseEvent, key: string) => {
    const attributes = outcome(event)
    const { method, operation, service } = event
    durations?.record(event.durationMs / 1_000, {
      'http.request.method': method,
      'dynacamp.service': service,
      'dynacamp.operation': operation,
      ...attributes,
    })
    const span = spans.get(key)
    if (span === undefined) return
    spans.delete(key)
    span.setAttributes(
      event.requestId === undefined ? attributes : { ...attributes, 'dynacamp.request_id': event.requestId },
    )
    if (failed(event)) span.setStatus({ code: 2 })
    span.end(event.atMs)
  }

  return (event) => {
    const key = `${event.call}/${event.attempt}`
    switch (event.type) {
      case 'request':
        return started(event, key)
      case 'response':
        return ended(event, key)
      case 'retry':
        return waits?.record(event.delayMs / 1_000, {
          'dynacamp.service': event.service,
          reason: event.reason,
        })
      case 'throttle':
        // The server's wish is what the retry that follows waits for; counted there.
        if (event.source === 'server') return
        return waits?.record(event.waitMs / 1_000, {
          'dynacamp.service': event.service,
          reason: event.source,
        })
    }
  }
}
