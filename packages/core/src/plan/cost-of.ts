import type { Action } from '../actions/action.ts'
import type { Calls } from '../model/cost.ts'
import type { PlanCost } from '../model/plan.ts'

/**
 * The vendors' limits, as they publish them.
 *
 * ActiveCampaign: 5 requests a second for the account; bulk import takes up to 250 contacts a request, 100 requests a
 * minute, and is recommended from 10 contacts on
 * (https://developers.activecampaign.com/reference/rate-limits, …/reference/bulk-import-contacts).
 * D365: 6,000 requests in 300 seconds for a user; a tenant's application users have at least 500,000 a day with Dynamics
 * 365 Enterprise or Professional
 * (https://learn.microsoft.com/power-apps/developer/data-platform/api-limits,
 * https://learn.microsoft.com/power-platform/admin/api-request-limits-allocations).
 */
const limits = {
  activeCampaign: { perSecond: 5, bulkContacts: 250, bulkPerSecond: 100 / 60, bulkFrom: 10 },
  dynamics: { perSecond: 6_000 / 300, perDay: 500_000 },
} as const

/**
 * Whether the bulk path can carry it: it finds contacts by e-mail, so it cannot change one, and it is not known to clear
 * fields.
 */
const fitsBulk = (action: Action): boolean => {
  if (action.kind === 'create-active-campaign-contact') return true
  if (action.kind !== 'update-active-campaign-contact') return false
  return action.changes.every(({ field, after }) => field !== 'email' && after !== null && after !== '')
}

const sumCalls = (actions: readonly Action[]): Calls => ({
  dynamics: actions.reduce((sum, { cost }) => sum + cost.dynamics, 0),
  activeCampaign: actions.reduce((sum, { cost }) => sum + cost.activeCampaign, 0),
})

/** What a plan takes: call by call, and by the cheapest paths, at the pace the vendors allow. */
export const costOf = (actions: readonly Action[]): PlanCost => {
  const { activeCampaign, dynamics } = limits
  const calls = sumCalls(actions)
  const eligible = actions.filter(fitsBulk).length
  const contacts = eligible >= activeCampaign.bulkFrom ? eligible : 0
  const bulkCalls = Math.ceil(contacts / activeCampaign.bulkContacts)
  const single = calls.activeCampaign - contacts
  return {
    calls,
    bulk: { contacts, calls: bulkCalls },
    leastCalls: { dynamics: calls.dynamics, activeCampaign: single + bulkCalls },
    seconds: {
      dynamics: Math.ceil(calls.dynamics / dynamics.perSecond),
      activeCampaign: Math.ceil(single / activeCampaign.perSecond + bulkCalls / activeCampaign.bulkPerSecond),
    },
    dailyShare: calls.dynamics / dynamics.perDay,
  }
}
