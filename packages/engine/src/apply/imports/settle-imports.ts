import { observeAccountContacts } from '../../accounts/observe-account-contacts.ts'
import { inState } from '../../context.ts'
import { observeActiveCampaign } from '../../observe/observe-active-campaign.ts'
import { peopleIn, readLateOrNote } from '../../observe/read-or-note.ts'
import type { ApplyContext } from '../apply-context.ts'
import { awaitImports } from './ask-imports.ts'
import { learnImports, type OnLearnt } from './learn-imports.ts'

/** How long a plan, or the end of applying one, waits for imports. What takes longer is learnt of by a later plan. */
export const importWaitMs = 10 * 60_000

/**
 * Waits for the imports under way, reads what they have made, and links it. No call when there is none.
 *
 * @returns How many are still under way.
 */
export const settleImports = async (
  context: ApplyContext,
  onLearnt: OnLearnt,
  waitMs: number = importWaitMs,
): Promise<number> => {
  const underWay = await awaitImports(context, waitMs)
  const [ended] = await inState(context, ({ imports }) => imports.list(true, { after: null, limit: 1 }))
  if (ended === undefined) return underWay
  const isRead = await readLateOrNote(context, peopleIn(context.definition), async () => {
    await observeActiveCampaign(context, context.customFields, { full: false })
    return true
  })
  if (isRead === undefined) return underWay
  // The account that an import has put a contact into.
  if (!context.unread.has('accounts')) await observeAccountContacts(context, { full: false })
  await learnImports(context, onLearnt)
  return underWay
}
