import type { Scenario } from '../scenario.ts'
import { accounts } from './accounts.ts'
import { accountsInDoubt } from './accounts-in-doubt.ts'
import { definitionWith } from './companies.ts'
import { firstMeetings } from './first-meetings.ts'
import { moving } from './moving.ts'
import { newAccounts } from './new-accounts.ts'

const relations = [...moving, ...newAccounts, ...accountsInDoubt, ...firstMeetings]

/** What becomes of companies, and of the people in them. */
export const companyScenarios: readonly Scenario[] = [
  ...accounts.map((scenario) => ({ ...scenario, topic: 'Accounts' })),
  ...relations.map((scenario) => ({ ...scenario, topic: 'The account of a contact' })),
].map((scenario) => ({ ...scenario, companies: true, definition: scenario.definition ?? definitionWith() }))
