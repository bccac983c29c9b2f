import { companyScenarios } from './companies/company-scenarios.ts'
import { consentScenarios } from './consent/consent-scenarios.ts'
import { leadScenarios } from './leads/lead-scenarios.ts'
import { personScenarios } from './people/person-scenarios.ts'
import { policyScenarios } from './policies.ts'
import type { Scenario } from './scenario.ts'

/** The rows of the tables in docs/behaviour.md, in their order; those of opportunities have a table of their own. */
export const scenarios: readonly Scenario[] = [
  ...personScenarios,
  ...policyScenarios,
  ...consentScenarios,
  ...leadScenarios,
  ...companyScenarios,
]
