import { boolean, choice, decimal, integer, lookup, money, readOnly, text } from '../schema/columns.ts'
import { defineTable } from '../schema/table.ts'
import { addressColumns, consentColumns, moneyColumns, ownedColumns } from './common-columns.ts'

/**
 * Companies.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/account
 * @example
 * import { account, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const accounts = (client: DynamicsClient) => client.table(account)
 */
export const account = defineTable({
  entitySet: 'accounts',
  logicalName: 'account',
  primaryId: 'accountid',
  columns: {
    ...ownedColumns,
    ...moneyColumns,
    ...addressColumns,
    ...consentColumns,
    name: text(),
    accountnumber: text(),
    accountcategorycode: choice(),
    customertypecode: choice(),
    industrycode: choice(),
    ownershipcode: choice(),
    preferredcontactmethodcode: choice(),
    paymenttermscode: choice(),
    revenue: money(),
    creditlimit: money(),
    marketcap: money(),
    numberofemployees: integer(),
    emailaddress1: text(),
    emailaddress2: text(),
    emailaddress3: text(),
    telephone1: text(),
    telephone2: text(),
    fax: text(),
    websiteurl: text(),
    description: text(),
    sic: text(),
    stockexchange: text(),
    tickersymbol: text(),
    address1_latitude: decimal(),
    address1_longitude: decimal(),
    creditonhold: boolean(),
    primarycontactid: lookup(['contact']),
    parentaccountid: lookup(['account']),
    masterid: readOnly(lookup(['account'])),
    merged: readOnly(boolean()),
  },
})
