import type { Action } from '../actions/action.ts'
import type { Calls } from '../model/cost.ts'
import type { PlanCost } from '../model/plan.ts'
import type { ImportSettings } from '../model/plan-input.ts'
import { accountsInImports } from './account-in-import.ts'
import { applySteps } from './paths.ts'

/**
 * The vendors' limits, as they publish them.
 *
 * ActiveCampaign: 5 requests a second for the account, 100 bulk imports a minute, 20 of one contact
 * (https://developers.activecampaign.com/reference/rate-limits, …/reference/bulk-import-contacts).
 * D365: 6,000 requests in 300 seconds for a user, a batch counting as one; a tenant's application users have at least
 * 500,000 a day with Dynamics 365 Enterprise or Professional, each row of a batch counting
 * (https://learn.microsoft.com/power-apps/developer/data-platform/api-limits,
 * https://learn.microsoft.com/power-platform/admin/api-request-limits-allocations).
 */
const limits = {
  activeCampaign: { perSecond: 5, perPage: 100, importsPerSecond: 100 / 60, importsOfOnePerSecond: 20 / 60 },
  dynamics: { perSecond: 6_000 / 300, perDay: 500_000 },
} as const

const sumCalls = (actions: readonly Action[]): Calls => ({
  dynamics: actions.reduce((sum, { cost }) => sum + cost.dynamics, 0),
  activeCampaign: actions.reduce((sum, { cost }) => sum + cost.activeCampaign, 0),
})

/** Contacts that an import is to change are looked at before, a hundred a call; new ones are not. */
const looksBefore = (imports: readonly (readonly Action[])[]): number =>
  imports.reduce((sum, group) => {
    const changed = group.filter(({ activeCampaignId }) => activeCampaignId !== null)
    return sum + Math.ceil(changed.length / limits.activeCampaign.perPage)
  }, 0)

const membersOf = (groups: readonly (readonly Action[])[]): number =>
  groups.reduce((sum, group) => sum + group.length, 0)

/** What a plan takes: call by call, and by the paths that applying it takes, at the pace the vendors allow. */
export const costOf = (actions: readonly Action[], settings: ImportSettings = {}): PlanCost => {
  const { activeCampaign, dynamics } = limits
  const calls = sumCalls(actions)
  const steps = applySteps(actions, settings)
  const imports = steps.flatMap((step) => step.imports)
  const ofOne = imports.filter(({ length }) => length === 1).length
  const batches = steps.flatMap((step) => step.batches)
  const goAlong = settings.accounts === true ? accountsInImports(actions, imports) : new Set<string>()
  const single = sumCalls(steps.flatMap((step) => step.single).filter(({ id }) => !goAlong.has(id)))
  const looks = looksBefore(imports)
  return {
    calls,
    bulk: { contacts: membersOf(imports), calls: imports.length },
    batches: { rows: membersOf(batches), calls: batches.length },
    leastCalls: {
      dynamics: single.dynamics + batches.length,
      activeCampaign: single.activeCampaign + imports.length + looks,
    },
    seconds: {
      dynamics: Math.ceil((single.dynamics + batches.length) / dynamics.perSecond),
      activeCampaign: Math.ceil(
        (single.activeCampaign + looks) / activeCampaign.perSecond +
          (imports.length - ofOne) / activeCampaign.importsPerSecond +
          ofOne / activeCampaign.importsOfOnePerSecond,
      ),
    },
    dailyShare: calls.dynamics / dynamics.perDay,
  }
}
