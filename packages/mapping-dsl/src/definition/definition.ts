import * as z from 'zod'
import { entityNames } from '../schema/entity.ts'
import type { Direction, FieldMapping } from './field-mapping.ts'

/** How contacts of ActiveCampaign become rows of D365: never, when tagged for it, or all in scope. */
export type CreateInDynamics = 'never' | 'tagged' | 'all'

/** What one entity does. */
export interface EntityDefinition {
  readonly direction: Direction
  readonly createInDynamics: CreateInDynamics
  readonly fields: readonly FieldMapping[]
}

/** A run that would do more than this stops before it writes. */
export interface Guards {
  /** Share of linked records that may change in one run, 0 to 1. */
  readonly maxChangedShare?: number
  readonly maxDeletes?: number
  readonly maxUnsubscribes?: number
}

/** What shall be in sync, as plain JSON: a file, a database row, or the result of `defineSync`. */
export interface SyncDefinition {
  readonly version: 1
  readonly contacts?: EntityDefinition
  readonly guards: Guards
}

const direction = z.enum(['bidirectional', 'outbound', 'inbound'])

const fieldMapping = z.strictObject({
  dynamics: z.string(),
  activeCampaign: z.string(),
  direction: direction.exactOptional(),
  conflict: z.enum(['dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold']).exactOptional(),
  blank: z.enum(['ignoreBlank', 'clear', 'onlyIfEmpty']).exactOptional(),
  sensitive: z.boolean().exactOptional(),
  choices: z.record(z.string(), z.string()).exactOptional(),
})

const entity = z.strictObject({
  direction,
  createInDynamics: z.enum(['never', 'tagged', 'all']).default('never'),
  fields: z.array(fieldMapping),
})

/** The shape of version 1. Its defaults never change: an upgrade switches nothing on. */
export const definitionShape = z.strictObject({
  version: z.literal(1).default(1),
  contacts: entity.exactOptional(),
  guards: z
    .strictObject({
      maxChangedShare: z.number().min(0).max(1).exactOptional(),
      maxDeletes: z.int().min(0).exactOptional(),
      maxUnsubscribes: z.int().min(0).exactOptional(),
    })
    .default({}),
})

/** The entities that a definition switches on, in the order they are synchronised. */
export const entitiesOf = (definition: SyncDefinition) =>
  entityNames.flatMap((name) => {
    const entity = name === 'contacts' ? definition[name] : undefined
    return entity === undefined ? [] : [{ name, entity }]
  })
