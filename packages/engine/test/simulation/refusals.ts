import type { Service } from './network.ts'
import type { Services } from './services.ts'

/** What a service refuses to have read: the requests, and its answer. */
interface Refusal {
  readonly service: Service
  readonly url: RegExp
  readonly body: unknown
}

const inDynamics = (table: string, privilege: string): Refusal => {
  const message = `Principal user is missing ${privilege} privilege`
  const body = { error: { code: '0x80040220', message } }
  return { service: 'dynamics', url: new RegExp(`/${table}\\b`), body }
}

const inActiveCampaign = (url: RegExp): Refusal => ({
  service: 'activeCampaign',
  url,
  body: { message: 'Forbidden' },
})

/** What a service can refuse to have read, by name. */
const refusals = {
  'contacts of D365 are refused': inDynamics('contacts', 'prvReadContact'),
  'leads of D365 are refused': inDynamics('leads', 'prvReadLead'),
  'accounts of D365 are refused': inDynamics('accounts', 'prvReadAccount'),
  'opportunities of D365 are refused': inDynamics('opportunities', 'prvReadOpportunity'),
  'contacts of ActiveCampaign are refused': inActiveCampaign(/\/contacts\?/),
  'lists are refused': inActiveCampaign(/\/lists\b/),
  'memberships of lists are refused': inActiveCampaign(/\/contactLists\b/),
  'custom fields are refused': inActiveCampaign(/\/fields\b/),
  'values of custom fields are refused': inActiveCampaign(/\/fieldValues\b/),
  'accounts of ActiveCampaign are refused': inActiveCampaign(/\/accounts\b/),
} as const satisfies Readonly<Record<string, Refusal>>

export type RefusalName = keyof typeof refusals

export const refusalNames = Object.keys(refusals).filter((name): name is RefusalName => name in refusals)

/** From now on until the faults are cleared; `onMet` is told each time. */
export const refuse = (services: Services, name: RefusalName, onMet: () => void): void => {
  const { service, url, body } = refusals[name]
  services[service].faults.each(
    {
      kind: 'rewrite',
      change(answer) {
        onMet()
        return { ...answer, status: 403, headers: {}, body: JSON.stringify(body) }
      },
    },
    { method: 'GET', url },
  )
}
