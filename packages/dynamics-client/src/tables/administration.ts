import { boolean, choice, decimal, guid, integer, lookup, readOnly, text } from '../schema/columns.ts'
import { defineTable } from '../schema/table.ts'

/**
 * Users, people and applications alike (`applicationid` is set for these).
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser
 * @example
 * import { systemuser, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const users = (client: DynamicsClient) => client.table(systemuser)
 */
export const systemuser = defineTable({
  entitySet: 'systemusers',
  logicalName: 'systemuser',
  primaryId: 'systemuserid',
  columns: {
    fullname: readOnly(text()),
    firstname: text(),
    lastname: text(),
    internalemailaddress: text(),
    domainname: text(),
    title: text(),
    jobtitle: text(),
    mobilephone: text(),
    azureactivedirectoryobjectid: guid(),
    applicationid: guid(),
    isdisabled: readOnly(boolean()),
    accessmode: choice(),
    islicensed: readOnly(boolean()),
    businessunitid: lookup(['businessunit']),
  },
})

/**
 * Teams, which can own rows and hold roles.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/team
 * @example
 * import { team, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const teams = (client: DynamicsClient) => client.table(team)
 */
export const team = defineTable({
  entitySet: 'teams',
  logicalName: 'team',
  primaryId: 'teamid',
  columns: { name: text(), teamtype: choice(), businessunitid: lookup(['businessunit']) },
})

/**
 * Security roles; a role exists once per business unit.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/role
 * @example
 * import { role, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const roles = (client: DynamicsClient) => client.table(role)
 */
export const role = defineTable({
  entitySet: 'roles',
  logicalName: 'role',
  primaryId: 'roleid',
  columns: {
    name: text(),
    businessunitid: lookup(['businessunit']),
    parentrootroleid: readOnly(lookup(['role'])),
  },
})

/**
 * Currencies; `exchangerate` is to the environment's own.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/transactioncurrency
 * @example
 * import { transactioncurrency, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const currencies = (client: DynamicsClient) => client.table(transactioncurrency)
 */
export const transactioncurrency = defineTable({
  entitySet: 'transactioncurrencies',
  logicalName: 'transactioncurrency',
  primaryId: 'transactioncurrencyid',
  columns: {
    currencyname: text(),
    isocurrencycode: text(),
    currencysymbol: text(),
    exchangerate: decimal(),
    currencyprecision: integer(),
  },
})

/**
 * The environment itself: one row. `expirechangetrackingindays` says how long a delta link lives.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/organization
 * @example
 * import { organization, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const organizations = (client: DynamicsClient) => client.table(organization)
 */
export const organization = defineTable({
  entitySet: 'organizations',
  logicalName: 'organization',
  primaryId: 'organizationid',
  columns: {
    name: readOnly(text()),
    expirechangetrackingindays: integer(),
    basecurrencyid: readOnly(lookup(['transactioncurrency'])),
  },
})
