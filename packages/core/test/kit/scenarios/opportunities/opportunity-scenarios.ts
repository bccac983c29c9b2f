import { customObject } from './custom-object.ts'
import { leaving } from './leaving.ts'
import { lostState } from './lost-state.ts'
import type { OpportunityScenario } from './opportunity-scenario.ts'
import { records } from './records.ts'
import { whoseItIs } from './whose-it-is.ts'

export const opportunityScenarios: readonly OpportunityScenario[] = [
  ...records,
  ...customObject,
  ...whoseItIs,
  ...lostState,
  ...leaving,
]
