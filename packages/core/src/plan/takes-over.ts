import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import type { DynamicsCandidate } from '../model/record.ts'

/**
 * Whether a row with the address of a contact takes the contact over when the contact's own row is gone, or takes part no more: it
 * takes part itself, and no other contact is its own. One whose contact was deleted counts, unless it goes for that.
 *
 * @example
 * const isWanted = (candidates: readonly DynamicsCandidate[], id: string) =>
 *   candidates.some((row) => takesOver(definition, row, id, nowMs))
 */
export const takesOver = (
  { entities }: Pick<CompiledDefinition, 'entities'>,
  { entity, observation, link, contactGone = false }: DynamicsCandidate,
  activeCampaignId: string,
  nowMs: number | undefined,
): boolean => {
  const table = entities.find((candidate) => candidate.entity === entity)
  if (table === undefined || observation.active === false) return false
  const goes = ['delete', 'deactivate'].includes(table.deleted.inActiveCampaign)
  const isFree = link === undefined || link.activeCampaignId === activeCampaignId || (contactGone && !goes)
  return isFree && table.inScope(observation.fields, nowMs)
}
