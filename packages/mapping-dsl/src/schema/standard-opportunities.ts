import { column } from './column.ts'
import { budgetColumns, moneyColumns, onlyDefault, ownedColumns } from './standard-columns.ts'

const amount = column.money({ min: -1e12, max: 1e12, precision: 2 })

/**
 * The shipped columns of D365 opportunities.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/opportunity
 */
export const standardOpportunities = {
  ...ownedColumns,
  ...moneyColumns,
  ...budgetColumns,
  opportunityid: column.uniqueId({ access: 'create' }),
  name: column.text(300, { required: 'business' }),
  customerid: column.lookup(['account', 'contact'], { required: 'business' }),
  parentaccountid: column.lookup(['account']),
  parentcontactid: column.lookup(['contact']),
  originatingleadid: column.lookup(['lead']),
  campaignid: column.lookup(['campaign']),
  pricelevelid: column.lookup(['pricelevel']),
  emailaddress: column.email(100),
  description: column.memo(2000),
  currentsituation: column.memo(2000),
  customerneed: column.memo(2000),
  customerpainpoints: column.memo(2000),
  proposedsolution: column.memo(2000),
  qualificationcomments: column.memo(2000),
  quotecomments: column.memo(2000),
  estimatedvalue: amount,
  actualvalue: amount,
  isrevenuesystemcalculated: column.boolean(),
  discountamount: column.money({ min: 0, max: 1e12, precision: 2 }),
  freightamount: column.money({ min: 0, max: 1e12, precision: 2 }),
  discountpercentage: column.decimal({ min: 0, max: 100, precision: 2 }),
  totalamount: column.money({ access: 'update', precision: 2 }),
  totaldiscountamount: column.money({ access: 'update', precision: 2 }),
  totallineitemamount: column.money({ access: 'update', precision: 2 }),
  totaltax: column.money({ access: 'update', precision: 2 }),
  estimatedclosedate: column.dateOnly(),
  actualclosedate: column.dateOnly(),
  finaldecisiondate: column.dateOnly(),
  closeprobability: column.wholeNumber({ min: 0, max: 100 }),
  opportunityratingcode: column.choice({ 1: 'Hot', 2: 'Warm', 3: 'Cold' }),
  salesstage: column.choice({ 0: 'Qualify', 1: 'Develop', 2: 'Propose', 3: 'Close' }),
  salesstagecode: onlyDefault,
  prioritycode: onlyDefault,
  timeline: column.choice({
    0: 'Immediate',
    1: 'This Quarter',
    2: 'Next Quarter',
    3: 'This Year',
    4: 'Not known',
  }),
  stepname: column.text(200),
  participatesinworkflow: column.boolean(),
  decisionmaker: column.boolean(),
  presentproposal: column.boolean(),
  statecode: column.state({ 0: 'Open', 1: 'Won', 2: 'Lost' }),
  statuscode: column.status({ 1: 'In Progress', 2: 'On Hold', 3: 'Won', 4: 'Canceled', 5: 'Out-Sold' }),
} as const
