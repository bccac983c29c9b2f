/** Serves both simulated services with `argv[2]` rows in D365, until its parent is gone: memory of theirs is not the sync's. */
import { argv } from 'node:process'
import { createActiveCampaignSimulator, createDynamicsSimulator } from '@dynacamp/simulators'
import { emailOf, idOf } from './definition.ts'
import { fastClock } from './fast-clock.ts'

const count = Number(argv[2])
// Faster than the client's: what the client holds itself to, these never refuse.
const clock = fastClock(Number(argv[3]) * 1.5)
const dynamics = createDynamicsSimulator({ clock })
const activeCampaign = createActiveCampaignSimulator({
  clock,
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
