import type { ManyToMany, TableDefinition } from './table.ts'
import { account } from './tables/account.ts'
import { activityParty } from './tables/activity-party.ts'
import { activityPointer } from './tables/activity-pointer.ts'
import { annotation } from './tables/annotation.ts'
import { appointment } from './tables/appointment.ts'
import { businessUnit } from './tables/business-unit.ts'
import { campaign } from './tables/campaign.ts'
import { connection } from './tables/connection.ts'
import { connectionRole } from './tables/connection-role.ts'
import { contact } from './tables/contact.ts'
import { email } from './tables/email.ts'
import { incident } from './tables/incident.ts'
import { lead } from './tables/lead.ts'
import { list } from './tables/list.ts'
import { sdkMessage, sdkMessageFilter } from './tables/messages.ts'
import { opportunity } from './tables/opportunity.ts'
import { opportunityClose } from './tables/opportunity-close.ts'
import { organization } from './tables/organization.ts'
import { phoneCall } from './tables/phone-call.ts'
import { privilege, role } from './tables/security.ts'
import { systemUser } from './tables/system-user.ts'
import { task } from './tables/task.ts'
import { team } from './tables/team.ts'
import { transactionCurrency } from './tables/transaction-currency.ts'

/** The tables of a fresh environment with Dynamics 365 Sales. */
export const standardTables: readonly TableDefinition[] = [
  account,
  activityParty,
  activityPointer,
  annotation,
  appointment,
  businessUnit,
  campaign,
  connection,
  connectionRole,
  contact,
  email,
  incident,
  lead,
  list,
  opportunity,
  opportunityClose,
  organization,
  phoneCall,
  privilege,
  role,
  sdkMessage,
  sdkMessageFilter,
  systemUser,
  task,
  team,
  transactionCurrency,
]

const between = (schemaName: string, intersect: string, first: string, second: string): ManyToMany => ({
  schemaName,
  intersect,
  first: { table: first, navigation: schemaName },
  second: { table: second, navigation: schemaName },
})

export const standardManyToMany: readonly ManyToMany[] = [
  between('systemuserroles_association', 'systemuserroles', 'systemuser', 'role'),
  between('teammembership_association', 'teammembership', 'team', 'systemuser'),
  between('teamroles_association', 'teamroles', 'team', 'role'),
  between('roleprivileges_association', 'roleprivileges', 'role', 'privilege'),
  between('contactleads_association', 'contactleads', 'contact', 'lead'),
  between('accountleads_association', 'accountleads', 'account', 'lead'),
  between('listcontact_association', 'listmember', 'list', 'contact'),
  between('listaccount_association', 'listmember', 'list', 'account'),
  between('listlead_association', 'listmember', 'list', 'lead'),
]
