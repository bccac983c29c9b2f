import { openTelemetryEvents } from '@dynacamp/http'
import { metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { get, harness } from './support/harness.ts'

type Values = Record<string, string | number>

const recorder = () => {
  const spans: Record<string, unknown>[] = []
  const records: { name: string; value: number; attributes: Values }[] = []
  const tracer = {
    startSpan: (name: string, options: { kind: number; startTime: number; attributes: Values }) => {
      const span: Record<string, unknown> = { name, ...options }
      spans.push(span)
      return {
        setAttributes: (attributes: Values) => Object.assign(options.attributes, attributes),
        setStatus: (status: { code: number }) => Object.assign(span, { status: status.code }),
        end: (endTime: number) => Object.assign(span, { endTime }),
      }
    },
  }
  const meter = {
    createHistogram: (name: string) => ({
      record: (value: number, attributes: Values) => records.push({ name, value, attributes }),
    }),
  }
  return { spans, records, tracer, meter }
}

test('one ended client span per attempt, with redacted URL', async () => {
  const { spans, records, tracer, meter } = recorder()
  const { client, clock, startMs } = harness(
    async (_, before) => {
      await clock.sleep(40)
      return new Response('{}', {
        status: before === 0 ? 503 : 200,
        headers: { 'x-request-id': `r${before}` },
      })
    },
    { onEvent: openTelemetryEvents({ tracer, meter }) },
  )
  await client.request({ ...get, query: { email: 'ada@example.org' } })
  const shared = {
    'http.request.method': 'GET',
    'url.full': 'https://api.example.com/v1/things/1?email=***@***',
    'server.address': 'api.example.com',
    'dynacamp.service': 'test',
    'dynacamp.operation': 'things.get',
  }
  expect(spans).toEqual([
    {
      name: 'things.get',
      kind: SpanKind.CLIENT,
      startTime: startMs,
      endTime: startMs + 40,
      status: SpanStatusCode.ERROR,
      attributes: {
        ...shared,
        'http.request.resend_count': 0,
        'http.response.status_code': 503,
        'dynacamp.request_id': 'r0',
      },
    },
    {
      name: 'things.get',
      kind: SpanKind.CLIENT,
      startTime: startMs + 540,
      endTime: startMs + 580,
      attributes: {
        ...shared,
        'http.request.resend_count': 1,
        'http.response.status_code': 200,
        'dynacamp.request_id': 'r1',
      },
    },
  ])
  expect(records.map(({ name, value }) => [name, value])).toEqual([
    ['http.client.request.duration', 0.04],
    ['dynacamp.http.wait.duration', 0.5],
    ['http.client.request.duration', 0.04],
  ])
})

test("OpenTelemetry's own tracer and meter fit, and so does neither", async () => {
  const real = { tracer: trace.getTracer('dynacamp'), meter: metrics.getMeter('dynacamp') }
  for (const options of [real, {}]) {
    const { client } = harness(() => Response.json({}), { onEvent: openTelemetryEvents(options) })
    expect((await client.request(get)).status).toBe(200)
  }
})
