import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { accountKind } from '../accounts/account-record.ts'
import type { StoredRecord } from '../state/state-store.ts'
import type { Execution, Stale } from './outcome.ts'

const stale = (code: string, message: string): Stale => ({ status: 'stale', code, message })

/**
 * The account is not what the plan was made from. It is taken note of as it is: an ordinary run of outbound accounts reads none, and
 * the next plan would be the same again.
 */
export const accountChanged = (seen: StoredRecord): Execution => ({
  ...stale(
    'account-changed',
    'The account changed in ActiveCampaign after the plan; the next plan merges it.',
  ),
  seen,
})

/** The account that a contact is to get is not linked. */
export const accountNotLinked: Execution = stale(
  'account-not-linked',
  'The account of the contact is not linked; the next plan looks again.',
)

/** What an error of ActiveCampaign says about the account. Throws what says nothing about it. */
export const staleAccount = (error: unknown, id: string): Stale => {
  if (!isActiveCampaignError(error)) throw error
  switch (error.code) {
    case 'not-found':
      return {
        ...stale('account-gone', 'The account was deleted in ActiveCampaign after the plan.'),
        gone: { ...accountKind, id },
      }
    case 'duplicate':
      return stale('name-taken', 'Another account of ActiveCampaign has this name; the next plan shows both.')
    default:
      throw error
  }
}
