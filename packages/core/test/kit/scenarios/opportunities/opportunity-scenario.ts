import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { PlanSettings } from '../../../../src/index.ts'
import type { OpportunityWorld } from '../../opportunity-world.ts'

/** A situation around one opportunity, what the plan says about it, and what that means for people. */
export interface OpportunityScenario {
  readonly situation: string
  readonly expected: readonly string[]
  readonly meaning: string
  readonly definition?: CompiledDefinition
  readonly settings?: Partial<PlanSettings>
  /** What nobody has looked up yet. */
  readonly unknown?: 'object' | 'people' | 'records'
  arrange(world: OpportunityWorld): void
}
