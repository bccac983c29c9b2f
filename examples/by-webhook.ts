import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import {
  activeCampaignWebhook,
  createSync,
  dynamicsWebhook,
  memoryState,
  registerActiveCampaignWebhook,
  type WebhookHandler,
} from '@dynacamp/engine'
import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createVirtualClock,
  loadInto,
  sampleData,
} from '@dynacamp/simulators'
import { definition, schema } from './demo/definition.ts'

// Syncs one record the moment somebody changes it: both simulated services call a server of this process over HTTP.

const clock = createVirtualClock()
const deliver = (request: Request): Promise<Response> => fetch(request)
const services = {
  dynamics: createDynamicsSimulator({ clock, deliver }),
  activeCampaign: createActiveCampaignSimulator({ clock, deliver }),
}
loadInto(services, sampleData())

const { baseUrl: environmentUrl, credentials, loginUrl, fetch: toDynamics } = services.dynamics
const { baseUrl: url, apiKey: key, fetch: toActiveCampaign } = services.activeCampaign
const dynamics = createDynamicsClient({
  environmentUrl,
  credentials: clientCredentials({ ...credentials, loginUrl }),
  fetch: toDynamics,
  clock,
})
const activeCampaign = createActiveCampaignClient({ url, key, fetch: toActiveCampaign, clock })
const sync = createSync({ definition, schema, dynamics, activeCampaign, clock, state: memoryState() })

const secret = randomBytes(24).toString('hex')
const onError = (error: unknown): void => console.error(error)
const routes: Readonly<Record<string, WebhookHandler>> = {
  '/hooks/dynamics': dynamicsWebhook({ sync, secret, onError }),
  '/hooks/activecampaign': activeCampaignWebhook({ sync, secret, onError }),
}

// Hosts such as Hono, Next.js or a cloud's functions hand over a Request by themselves; Node's own server does not.
const server = createServer(async (incoming, outgoing) => {
  const parts: Uint8Array[] = []
  for await (const part of incoming) parts.push(part)
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  const request = new Request(`http://127.0.0.1${pathname}${search}`, {
    method: incoming.method ?? 'GET',
    // The secret may come as a header.
    headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
    ...(incoming.method === 'POST' && { body: Buffer.concat(parts) }),
  })
  const response = await (routes[pathname]?.(request) ?? new Response(null, { status: 404 }))
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
})
await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
const address = server.address()
const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hooks`

// The first run reads everything. From then on a hint is enough for one record.
await sync.run()
await registerActiveCampaignWebhook(activeCampaign, { url: `${base}/activecampaign?code=${secret}` })
services.dynamics.registerWebhook({
  url: `${base}/dynamics`,
  authentication: { key: secret },
  tables: ['contact'],
})

const delivered = async (): Promise<void> => {
  // A write of the sync is told as well, so one wait may lead to another.
  for (let round = 0; round < 3; round += 1) {
    await services.dynamics.delivered()
    await services.activeCampaign.delivered()
  }
}

const row = services.dynamics
  .rows('contact')
  .find(({ emailaddress1: email }) => services.activeCampaign.contacts().some((one) => one.email === email))
const email = String(row?.emailaddress1)
const contact = () => services.activeCampaign.contacts().find((one) => one.email === email)

services.dynamics.update('contact', String(row?.contactid), { jobtitle: 'Head of Webhooks' })
await delivered()
console.log(`changed in Dynamics 365, now in ActiveCampaign: ${contact()?.fields.POSITION}`)

services.activeCampaign.updateContact(contact()?.id ?? '', { fields: { CITY: 'Hooksett' } })
await delivered()
const changed = services.dynamics.row('contact', String(row?.contactid))
console.log(`changed in ActiveCampaign, now in Dynamics 365: ${String(changed?.address1_city)}`)

const forged = await fetch(`${base}/dynamics?code=guessed`, { method: 'POST', body: '{}' })
console.log(`without the secret: ${forged.status} ${await forged.text()}`)

// Polling stays the truth: whatever was not told is found by the next run.
const { actions } = await sync.plan()
console.log(`left for the next run: ${actions.length} actions`)
server.close()
