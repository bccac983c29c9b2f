import { boolean, choice, dateOnly, integer, lookup, money, readOnly, text } from '../schema/columns.ts'
import { defineTable } from '../schema/table.ts'
import { addressColumns, consentColumns, moneyColumns, ownedColumns } from './common-columns.ts'

/**
 * People. The columns most programs need; add others by spreading `contact.columns`.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/contact
 * @example
 * import { contact, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const contacts = (client: DynamicsClient) => client.table(contact)
 */
export const contact = defineTable({
  entitySet: 'contacts',
  logicalName: 'contact',
  primaryId: 'contactid',
  columns: {
    ...ownedColumns,
    ...moneyColumns,
    ...addressColumns,
    ...consentColumns,
    firstname: text(),
    middlename: text(),
    lastname: text(),
    fullname: readOnly(text()),
    salutation: text(),
    suffix: text(),
    nickname: text(),
    jobtitle: text(),
    department: text(),
    emailaddress1: text(),
    emailaddress2: text(),
    emailaddress3: text(),
    telephone1: text(),
    telephone2: text(),
    mobilephone: text(),
    fax: text(),
    websiteurl: text(),
    description: text(),
    birthdate: dateOnly(),
    anniversary: dateOnly(),
    gendercode: choice(),
    familystatuscode: choice(),
    preferredcontactmethodcode: choice(),
    leadsourcecode: choice(),
    annualincome: money(),
    numberofchildren: integer(),
    externaluseridentifier: text(),
    parentcustomerid: lookup(['account', 'contact']),
    masterid: readOnly(lookup(['contact'])),
    merged: readOnly(boolean()),
  },
})
