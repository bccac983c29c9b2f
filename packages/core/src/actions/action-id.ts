import type { Subject } from '../model/outcome.ts'

/** `kind:entity:row`; one action of a kind per record and plan. */
export const actionIdFor = (
  kind: string,
  { entity, dynamicsId, activeCampaignId }: Omit<Subject, 'title'>,
): string => `${kind}:${entity}:${dynamicsId ?? `ac-${activeCampaignId}`}`
