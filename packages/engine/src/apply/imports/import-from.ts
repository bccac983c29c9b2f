import type { ApplyContext } from '../apply-context.ts'

/** Whether automations of ActiveCampaign are held back where its API can: in bulk import, and nowhere else. */
export const holdsAutomationsBack = ({
  definition,
  initial,
}: Pick<ApplyContext, 'definition' | 'initial'>): boolean =>
  initial && definition.initialSync.automations === 'holdBack'

/** From how many contacts on bulk import is used; undefined: from as many as pay. */
export const importFrom = (context: Pick<ApplyContext, 'definition' | 'initial'>): number | undefined =>
  holdsAutomationsBack(context) ? 1 : undefined
