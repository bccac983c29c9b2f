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
import { moneyColumns, ownedColumns } from './common-columns.ts'

/**
 * Possible sales. Close them with `winOpportunity` and `loseOpportunity`, not by their state.
 *
 * @see https://learn.microsoft.com/dynamics365/sales/developer/entities/opportunity
 * @example
 * import { opportunity, type DynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const opportunities = (client: DynamicsClient) => client.table(opportunity)
 */
export const opportunity = defineTable({
  entitySet: 'opportunities',
  logicalName: 'opportunity',
  primaryId: 'opportunityid',
  columns: {
    ...ownedColumns,
    ...moneyColumns,
    name: text(),
    description: text(),
    emailaddress: text(),
    currentsituation: text(),
    customerneed: text(),
    proposedsolution: text(),
    estimatedvalue: money(),
    actualvalue: money(),
    isrevenuesystemcalculated: boolean(),
    budgetamount: money(),
    discountamount: money(),
    discountpercentage: decimal(),
    totalamount: readOnly(money()),
    estimatedclosedate: dateOnly(),
    actualclosedate: dateOnly(),
    finaldecisiondate: dateOnly(),
    closeprobability: integer(),
    opportunityratingcode: choice(),
    salesstage: choice(),
    timeline: choice(),
    budgetstatus: choice(),
    need: choice(),
    purchaseprocess: choice(),
    purchasetimeframe: choice(),
    stepname: text(),
    customerid: lookup(['account', 'contact']),
    parentaccountid: lookup(['account']),
    parentcontactid: lookup(['contact']),
    originatingleadid: lookup(['lead']),
  },
})
