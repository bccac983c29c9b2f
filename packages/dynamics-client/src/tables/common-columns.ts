import {
  boolean,
  choice,
  dateTime,
  decimal,
  integer,
  lookup,
  readOnly,
  text,
  updateOnly,
} from '../schema/columns.ts'

/** Columns of every table whose rows belong to a user or a team. */
export const ownedColumns = {
  createdon: readOnly(dateTime()),
  modifiedon: readOnly(dateTime()),
  createdby: readOnly(lookup(['systemuser'])),
  modifiedby: readOnly(lookup(['systemuser'])),
  modifiedonbehalfby: readOnly(lookup(['systemuser'])),
  ownerid: lookup(['systemuser', 'team'], { navigation: 'single' }),
  statecode: updateOnly(choice()),
  statuscode: choice(),
  versionnumber: readOnly(integer()),
} as const

/** Columns of tables with amounts. */
export const moneyColumns = {
  transactioncurrencyid: lookup(['transactioncurrency']),
  exchangerate: readOnly(decimal()),
} as const

/** The first address. The second has the same columns, named in your own schema when needed. */
export const addressColumns = {
  address1_line1: text(),
  address1_line2: text(),
  address1_line3: text(),
  address1_city: text(),
  address1_county: text(),
  address1_stateorprovince: text(),
  address1_postalcode: text(),
  address1_country: text(),
} as const

/** What a person or company allows. True forbids, but for `followemail`, where true allows. */
export const consentColumns = {
  donotbulkemail: boolean(),
  donotemail: boolean(),
  donotphone: boolean(),
  donotfax: boolean(),
  donotpostalmail: boolean(),
  donotsendmm: boolean(),
  followemail: boolean(),
} as const
