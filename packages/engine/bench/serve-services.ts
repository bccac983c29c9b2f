/**
 * Serves both simulated services with `argv[2]` rows in D365, until its parent is gone: memory of theirs is not the sync's. Their time
 * is the parent's, which tells it with each request; it begins at `argv[3]`.
 */
import { argv } from 'node:process'
import { createActiveCampaignSimulator, createDynamicsSimulator } from '@dynacamp/simulators'
import { emailOf, idOf } from './definition.ts'

const count = Number(argv[2])
let nowMs = Number(argv[3])
process.on('message', (told) => {
  nowMs = Math.max(nowMs, Number(told))
})
const clock = {
  now: () => nowMs,
  sleep: () => Promise.reject(new Error('these services wait for nothing')),
}
const dynamics = createDynamicsSimulator({ clock })
const activeCampaign = createActiveCampaignSimulator({
  clock,
  // The client holds itself to the real limit. A request may come before its time does.
  rateLimit: { requests: 1_000, perMs: 1_000 },
})
activeCampaign.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
for (let n = 0; n < count; n += 1) {
  dynamics.insert('contact', {
    contactid: idOf(n),
    emailaddress1: emailOf(n),
    firstname: `First ${n}`,
    lastname: `Last ${n}`,
    jobtitle: `Job ${n % 100}`,
  })
}
const servers = [await dynamics.listen(), await activeCampaign.listen()] as const
process.send?.({
  dynamics: { url: servers[0].url, ...dynamics.credentials },
  activeCampaign: { url: servers[1].url, key: activeCampaign.apiKey },
})
process.on('disconnect', () => process.exit())
