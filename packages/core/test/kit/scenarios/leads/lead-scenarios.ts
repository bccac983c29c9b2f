import type { Scenario } from '../scenario.ts'
import { changes } from './changes.ts'
import { creation } from './creation.ts'
import { handingOver } from './handing-over.ts'
import { leaving } from './leaving.ts'
import { definitionWith } from './people.ts'
import { whoSpeaks } from './who-speaks.ts'

export const leadScenarios: readonly Scenario[] = [
  ...whoSpeaks,
  ...handingOver,
  ...leaving,
  ...changes,
  ...creation,
].map((row) => ({
  topic: 'Leads and contacts',
  leads: true,
  definition: definitionWith(),
  ...row,
}))
