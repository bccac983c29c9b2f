import type { LinkRecords } from '@dynacamp/core'
import type { Execution } from '../outcome.ts'

/** No call: the state remembers that the two are one, and what of them is in sync. */
export const linkRecords = async ({ dynamicsId, activeCampaignId }: LinkRecords): Promise<Execution> => ({
  status: 'done',
  records: [],
  link: { dynamicsId, activeCampaignId },
})
