import {
  boolean,
  choice,
  dateOnly,
  decimal,
  integer,
  lookup,
  money,
  readOnly,
  text,
} from '../schema/columns.ts'
import { defineTable } from '../schema/table.ts'
import { addressColumns, consentColumns, moneyColumns, ownedColumns } from './common-columns.ts'

/**
 * Prospects, with the company as text. Closed leads are read-only until they are reopened.
 *
 * @see https://learn.microsoft.com/dynamics365/sales/developer/entities/lead
 * @example
 * import { lead, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const leads = (client: DynamicsClient) => client.table(lead)
 */
export const lead = defineTable({
  entitySet: 'leads',
  logicalName: 'lead',
  primaryId: 'leadid',
  columns: {
    ...ownedColumns,
    ...moneyColumns,
    ...addressColumns,
    ...consentColumns,
    subject: text(),
    firstname: text(),
    middlename: text(),
    lastname: text(),
    fullname: readOnly(text()),
    companyname: text(),
    jobtitle: text(),
    salutation: text(),
    emailaddress1: text(),
    emailaddress2: text(),
    emailaddress3: text(),
    telephone1: text(),
    telephone2: text(),
    mobilephone: text(),
    fax: text(),
    websiteurl: text(),
    description: text(),
    industrycode: choice(),
    leadsourcecode: choice(),
    leadqualitycode: choice(),
    preferredcontactmethodcode: choice(),
    budgetstatus: choice(),
    budgetamount: money(),
    estimatedamount: money(),
    estimatedvalue: decimal(),
    revenue: money(),
    estimatedclosedate: dateOnly(),
    numberofemployees: integer(),
    decisionmaker: boolean(),
    parentaccountid: lookup(['account']),
    parentcontactid: lookup(['contact']),
    customerid: lookup(['account', 'contact']),
    qualifyingopportunityid: lookup(['opportunity']),
    masterid: readOnly(lookup(['lead'])),
    merged: readOnly(boolean()),
  },
})
