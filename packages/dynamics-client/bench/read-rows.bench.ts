/** Reading 5,000 rows of a page, checked against a schema and not, beside `JSON.parse` of the same text. */
import { test } from 'vitest'
import { contact, createDynamicsClient, tokenCallback } from '../src/index.ts'

const rows = Array.from({ length: 5_000 }, (_, index) => ({
  '@odata.etag': `W/"${index}"`,
  contactid: `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`,
  firstname: 'Ann',
  lastname: `Ek ${index}`,
  emailaddress1: `ann.${index}@example.com`,
  birthdate: '1990-01-31',
  modifiedon: '2026-01-05T08:00:00Z',
  donotbulkemail: false,
}))
const page = JSON.stringify({ value: rows })

let nowMs = 0
const client = createDynamicsClient({
  environmentUrl: 'https://example.crm4.dynamics.com',
  credentials: tokenCallback(async () => 'token'),
  // Time flies, so that the limiter does not hold a loop of thousands of requests back.
  clock: {
    now: () => {
      nowMs += 1_000
      return nowMs
    },
    sleep: (_, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  },
  fetch: async () => new Response(page, { headers: { 'content-type': 'application/json' } }),
})

const select = [
  'firstname',
  'lastname',
  'emailaddress1',
  'birthdate',
  'modifiedon',
  'donotbulkemail',
] as const

const read = async (list: AsyncIterable<unknown>): Promise<void> => {
  let count = 0
  for await (const _ of list) count += 1
  if (count !== rows.length) throw new Error(`the bench reads something else: ${count} rows`)
}

test(`${rows.length} rows × ${select.length} columns`, async ({ bench }) => {
  await bench.compare(
    bench('JSON.parse of the page', () => {
      JSON.parse(page)
    }),
    bench('list without a schema', () => read(client.table('contacts').list({ select }))),
    bench('list of a typed table', () => read(client.table(contact).list({ select }))),
  )
})
