/** Reading 5,000 contacts, 100 a page, beside `JSON.parse` of the same text. */
import { test } from 'vitest'
import { createActiveCampaignClient } from '../src/index.ts'

const count = 5_000
const pageSize = 100

const contact = (id: number) => {
  const second = String(id % 60).padStart(2, '0')
  const told = `2026-05-28 05:03:${second}`
  return {
    ...{ id: String(id), email: `ann.${id}@example.com`, firstName: 'Ann', lastName: `Ek ${id}`, phone: '' },
    ...{ cdate: `2026-05-28T05:03:${second}-05:00`, udate: `2026-05-28T05:03:${second}-05:00` },
    ...{
      created_timestamp: told,
      updated_timestamp: told,
      created_utc_timestamp: told,
      updated_utc_timestamp: told,
    },
    ...{
      orgid: '0',
      orgname: '',
      deleted: '0',
      anonymized: '0',
      hash: 'd41d8cd98f00b204e9800998ecf8427e',
      ip: '0',
    },
    ...{
      bounced_hard: '0',
      bounced_soft: '0',
      bounced_date: '0000-00-00',
      adate: null,
      edate: null,
      sms_consent: null,
    },
    ...{
      scoreValues: [],
      accountContacts: [],
      links: { notes: `https://example.api-us1.com/api/3/contacts/${id}/notes` },
    },
  }
}

const pages = Array.from({ length: count / pageSize }, (_, page) => {
  const contacts = Array.from({ length: pageSize }, (_, index) => contact(page * pageSize + index + 1))
  return JSON.stringify({ scoreValues: [], contacts, meta: { total: String(count) } })
})

let nowMs = 0
const client = createActiveCampaignClient({
  url: 'https://example.api-us1.com',
  key: 'key',
  // Time flies, so that the limiter does not hold a loop of thousands of requests back.
  clock: {
    now: () => {
      nowMs += 1_000
      return nowMs
    },
    sleep: (_, signal) =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  },
  fetch: async (request) => {
    const after = Number(new URL(request.url).searchParams.get('id_greater') ?? 0)
    return new Response(pages[after / pageSize] ?? '{"contacts":[]}', {
      headers: { 'content-type': 'application/json' },
    })
  },
})

test(`${count} contacts`, async ({ bench }) => {
  await bench.compare(
    bench('JSON.parse of the pages', () => {
      for (const page of pages) JSON.parse(page)
    }),
    bench('contacts.list', async () => {
      let read = 0
      for await (const _ of client.contacts.list()) read += 1
      if (read !== count) throw new Error(`the bench reads something else: ${read} contacts`)
    }),
  )
})
