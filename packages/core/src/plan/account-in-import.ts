import type { Action } from '../actions/action.ts'
import { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'

/**
 * Bulk import puts a contact into the account of a name (`customer_acct_name`,
 * https://developers.activecampaign.com/reference/bulk-import-contacts), so that a new contact's account needs no call of its own.
 */
const setsAccountOfNew = (action: Action): action is SetActiveCampaignAccount =>
  SetActiveCampaignAccount.is(action) && action.activeCampaignId === null && action.account !== null

/**
 * The actions that give new contacts their accounts, by the ids of those that make the contacts.
 *
 * @example
 * const goesAlong = (plan: Plan, id: string) => accountsOfNewContacts(plan.actions).get(id)?.account
 */
export const accountsOfNewContacts = (
  actions: readonly Action[],
): ReadonlyMap<string, SetActiveCampaignAccount> =>
  new Map(
    actions.filter(setsAccountOfNew).flatMap((action) => {
      const [creation] = action.dependsOn
      return creation === undefined ? [] : [[creation, action] as const]
    }),
  )

/** Ids of the actions that nothing is left to do for once these imports have ended. */
export const accountsInImports = (
  actions: readonly Action[],
  imports: readonly (readonly Action[])[],
): ReadonlySet<string> => {
  const byCreation = accountsOfNewContacts(actions)
  return new Set(imports.flat().flatMap(({ id }) => byCreation.get(id)?.id ?? []))
}

/**
 * What the creation of a contact waits for besides what it depends on, so that its import can name the account: the account that
 * the same plan makes. It is made without it where that fails.
 */
export const accountsToMakeFirst = (actions: readonly Action[]): ReadonlyMap<string, readonly string[]> => {
  // Those that wait for nothing, so that nothing can come to wait for itself.
  const made = new Set(
    actions
      .filter(({ kind, dependsOn }) => kind === 'create-active-campaign-account' && dependsOn.length === 0)
      .map(({ id }) => id),
  )
  return new Map(
    [...accountsOfNewContacts(actions)].map(([creation, { dependsOn }]) => [
      creation,
      dependsOn.filter((id) => made.has(id)),
    ]),
  )
}
