import type { Answer } from '@dynacamp/simulators'
import type { Service } from './network.ts'
import type { Services } from './services.ts'

/** What a service refuses to have read: the requests, and what becomes of its answer. */
interface Refusal {
  readonly service: Service
  readonly url: RegExp
  readonly change: (answer: Answer) => Answer
}

const forbidden =
  (body: unknown) =>
  (answer: Answer): Answer => ({ ...answer, status: 403, headers: {}, body: JSON.stringify(body) })

const isSecondContact = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && 'email' in value && 'id' in value && value.id === '2'

/** The second contact has a date as an old import may have left it. What was cut short stays as it is. */
const withOddDate = (answer: Answer): Answer => {
  try {
    const body = JSON.parse(answer.body ?? '', (_, value: unknown) =>
      isSecondContact(value) ? { ...value, cdate: 'soon' } : value,
    )
    return { ...answer, body: JSON.stringify(body) }
  } catch {
    return answer
  }
}

const inDynamics = (table: string, privilege: string): Refusal => {
  const message = `Principal user is missing ${privilege} privilege`
  const body = { error: { code: '0x80040220', message } }
  return { service: 'dynamics', url: new RegExp(`/${table}\\b`), change: forbidden(body) }
}

const inActiveCampaign = (url: RegExp): Refusal => ({
  service: 'activeCampaign',
  url,
  change: forbidden({ message: 'Forbidden' }),
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
  'a contact cannot be read': { service: 'activeCampaign', url: /\/contacts\b/, change: withOddDate },
} as const satisfies Readonly<Record<string, Refusal>>

export type RefusalName = keyof typeof refusals

export const refusalNames = Object.keys(refusals).filter((name): name is RefusalName => name in refusals)

/** From now on until the faults are cleared; `onMet` is told each time. */
export const refuse = (services: Services, name: RefusalName, onMet: () => void): void => {
  const { service, url, change } = refusals[name]
  services[service].faults.each(
    {
      kind: 'rewrite',
      change(answer) {
        onMet()
        return change(answer)
      },
    },
    { method: 'GET', url },
  )
}
