/** 100,000 contacts with two field values each: putting them in, and reading them all back by keyset. */
import { test } from 'vitest'
import {
  type ActiveCampaignSimulator,
  createActiveCampaignSimulator,
  createVirtualClock,
} from '../src/index.ts'

const people = 100_000

function seeded(): ActiveCampaignSimulator {
  const simulator = createActiveCampaignSimulator({ clock: createVirtualClock(), rateLimit: false })
  simulator.defineField({ title: 'City', type: 'text' })
  simulator.defineField({ title: 'Score', type: 'number' })
  for (let n = 0; n < people; n += 1) {
    simulator.insertContact({ email: `person${n}@example.com`, fields: { CITY: 'Oslo', SCORE: n } })
  }
  return simulator
}

async function readAll({ fetch, baseUrl, apiKey }: ActiveCampaignSimulator): Promise<void> {
  let last = 0
  for (let rows = 0; rows < people; rows += 100) {
    const url = `${baseUrl}/api/3/contacts?orders[id]=ASC&id_greater=${last}&limit=100`
    await (await fetch(new Request(url, { headers: { 'Api-Token': apiKey } }))).text()
    last += 100
  }
}

test(`${String(people)} contacts of ActiveCampaign`, { timeout: 300_000 }, async ({ bench }) => {
  const simulator = seeded()
  // Each run takes seconds: one is enough.
  const once = { iterations: 1, warmup: false, time: 0 }
  await bench.compare(
    bench('put in', () => void seeded()),
    bench('read back by keyset', () => readAll(simulator)),
    once,
  )
})
