import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { PlanSettings } from '../../../src/index.ts'
import type { World } from '../world.ts'

/** A situation of one or more records, what the plan says about it (`expected`), and what that means for people. */
export interface Scenario {
  readonly topic: string
  readonly situation: string
  /** `action kind`, `hold code` and `skip code` of the plan, sorted; empty when nothing is to be done. */
  readonly expected: readonly string[]
  readonly meaning: string
  readonly definition?: CompiledDefinition
  /** The world has accounts too, which are planned first. */
  readonly companies?: boolean
  /** The world has leads too, which share the contacts of ActiveCampaign. */
  readonly leads?: boolean
  /** Kinds of actions, and the kinds that they must wait for. */
  readonly waits?: Readonly<Record<string, readonly string[]>>
  readonly settings?: Partial<PlanSettings>
  arrange(world: World): void
}
