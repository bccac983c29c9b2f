import type { ConflictPolicy, Direction } from '../definition/field-mapping.ts'

/** A field that flows one way is owned by its source. */
export const conflictOf = (direction: Direction): ConflictPolicy =>
  direction === 'inbound' ? 'activeCampaignWins' : 'dynamicsWins'
