import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { DynamicsCandidate } from '../model/record.ts'
import { takesPart } from './eligible.ts'

/**
 * Whether a row with the address of a contact takes the contact over when the contact's own row is gone, or takes part no more: it
 * takes part itself, and no other contact is its own. One whose contact was deleted counts, unless it goes for that.
 *
 * @example
 * const isWanted = (candidates: readonly DynamicsCandidate[], id: string) =>
 *   candidates.some((row) => takesOver(definition, row, id, nowMs))
 */
export const takesOver = (
  definition: Pick<CompiledDefinition, 'entities'>,
  row: DynamicsCandidate,
  activeCampaignId: string,
  nowMs: number | undefined,
): boolean => {
  const { entity, link, contactGone = false } = row
  const stays = definition.entities.some(
    (table) => table.entity === entity && !['delete', 'deactivate'].includes(table.deleted.inActiveCampaign),
  )
  const isFree = link === undefined || link.activeCampaignId === activeCampaignId || (contactGone && stays)
  return isFree && takesPart(definition, row, nowMs)
}
