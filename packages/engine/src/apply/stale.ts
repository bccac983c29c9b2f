import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { isNotFound, isPreconditionFailed } from '@dynacamp/dynamics-client'
import { contactKind } from '../observe/contact-record.ts'
import type { RecordKind } from '../state/state-store.ts'
import type { Execution } from './outcome.ts'

const stale = (code: string, message: string): Execution => ({ status: 'stale', code, message })

/** The contact is not what the plan was made from. */
export const contactChanged: Execution = stale(
  'contact-changed',
  'The contact changed in ActiveCampaign after the plan; the next plan merges it.',
)

/** What an error of ActiveCampaign says about the contact. Throws what says nothing about it. */
export const staleContact = (error: unknown, id: string): Execution => {
  if (!isActiveCampaignError(error)) throw error
  switch (error.code) {
    case 'not-found':
      return {
        ...stale('contact-gone', 'The contact was deleted in ActiveCampaign after the plan.'),
        gone: { ...contactKind, id },
      }
    case 'duplicate':
      return stale(
        'email-taken',
        'Another contact of ActiveCampaign has this e-mail; the next plan shows both.',
      )
    default:
      throw error
  }
}

/** What an error of D365 says about the row. Throws what says nothing about it. */
export const staleRow = (error: unknown, row: RecordKind & { readonly id: string }): Execution => {
  if (isPreconditionFailed(error)) {
    return stale('row-changed', 'The row changed in D365 after the plan; the next plan merges it.')
  }
  if (isNotFound(error)) {
    return { ...stale('row-gone', 'The row was deleted in D365 after the plan.'), gone: row }
  }
  throw error
}
