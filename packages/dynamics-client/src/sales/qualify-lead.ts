import * as z from 'zod'
import type { CallOptions } from '../prepared-request.ts'
import { recordPath } from '../record-key.ts'
import type { Reference } from '../schema/reference.ts'
import { decodeBody, type Transport } from '../transport.ts'
import { entityValue } from './entity-value.ts'

/** What qualifying a lead shall make. */
export interface Qualification {
  readonly createAccount: boolean
  readonly createContact: boolean
  readonly createOpportunity: boolean
  /** Status reason of the qualified lead; customised environments have others. Default 3, Qualified. */
  readonly status?: number
  /** Of the new opportunity. Default: the user's. */
  readonly currency?: Reference<'transactioncurrency'>
  /** Customer of the new opportunity. Default: the new account or contact. */
  readonly customer?: Reference<'account' | 'contact'>
}

/** The ids of the rows that were made; undefined for those that were not. */
export interface QualifiedLead {
  readonly accountId: string | undefined
  readonly contactId: string | undefined
  readonly opportunityId: string | undefined
}

const id = z.guid().toLowerCase().optional()
const qualifyAnswer = z.looseObject({
  value: z.array(
    z.looseObject({ '@odata.type': z.string(), accountid: id, contactid: id, opportunityid: id }),
  ),
})

export const qualifyLead = async (
  transport: Transport,
  leadId: string,
  { createAccount, createContact, createOpportunity, status = 3, currency, customer }: Qualification,
  options: CallOptions,
): Promise<QualifiedLead> => {
  const answer = await transport.send(
    {
      operation: 'qualifyLead',
      method: 'POST',
      path: `${recordPath('leads', leadId)}/Microsoft.Dynamics.CRM.QualifyLead`,
      body: {
        CreateAccount: createAccount,
        CreateContact: createContact,
        CreateOpportunity: createOpportunity,
        Status: status,
        ...(currency === undefined ? {} : { OpportunityCurrencyId: entityValue(currency) }),
        ...(customer === undefined ? {} : { OpportunityCustomerId: entityValue(customer) }),
      },
    },
    options,
  )
  const { value } = decodeBody(answer, qualifyAnswer)
  // An opportunity also carries the ids of its customer: the type says which row it is.
  const made = (table: string) => value.find((row) => row['@odata.type'].endsWith(`.${table}`))
  return {
    accountId: made('account')?.accountid,
    contactId: made('contact')?.contactid,
    opportunityId: made('opportunity')?.opportunityid,
  }
}
