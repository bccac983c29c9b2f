import { createActiveCampaignSimulator, createDynamicsSimulator } from '@dynacamp/simulators'
import { setupServer } from 'msw/node'

/** Loaded before a sample: its clients speak to simulators where it believes the two services to be. */
const dynamics = createDynamicsSimulator()
const activeCampaign = createActiveCampaignSimulator()
activeCampaign.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
dynamics.insert('contact', { firstname: 'Ada', emailaddress1: 'ada@example.com', jobtitle: 'Analyst' })

setupServer(...dynamics.handlers, ...activeCampaign.handlers).listen({ onUnhandledFrame: 'error' })
process.on('exit', () => {
  console.log(JSON.stringify(activeCampaign.contacts().map(({ email, fields }) => ({ email, fields }))))
})

Object.assign(process.env, {
  DYNAMICS_URL: dynamics.baseUrl,
  TENANT_ID: dynamics.credentials.tenantId,
  CLIENT_ID: dynamics.credentials.clientId,
  CLIENT_SECRET: dynamics.credentials.clientSecret,
  ACTIVECAMPAIGN_URL: activeCampaign.baseUrl,
  ACTIVECAMPAIGN_KEY: activeCampaign.apiKey,
})
