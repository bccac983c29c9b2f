import type { ImportSettings } from '@dynacamp/core'
import type { ApplyContext } from '../apply-context.ts'
import { heldBack, heldBackLate } from './held-back.ts'

const withAccounts = ['accounts', 'contacts', 'leads'] as const

type Context = Pick<ApplyContext, 'definition' | 'initial' | 'late' | 'unread'>

/**
 * Whether the names of ActiveCampaign's accounts were read a moment ago. Import makes an account where it finds none of the name,
 * so that a contact sent with a name that somebody changed since would make a company that nobody asked for.
 */
const knowsAccountNames = ({ definition, initial, unread }: Context): boolean => {
  const accounts = definition.entities.find(({ entity }) => entity === 'accounts')
  if (accounts === undefined || unread.has('accounts')) return false
  // Accounts that flow outbound only are read when a definition is new.
  return accounts.direction !== 'outbound' || withAccounts.some((entity) => initial.has(entity))
}

/** How bulk import is used in this run. */
export const importSettings = (context: Context): ImportSettings => ({
  heldBack: heldBack(context),
  heldBackActions: heldBackLate(context),
  accounts: knowsAccountNames(context),
})
