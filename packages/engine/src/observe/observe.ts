import { observeAccountContacts } from '../accounts/observe-account-contacts.ts'
import { observeAccounts } from '../accounts/observe-accounts.ts'
import { askImports } from '../apply/imports/ask-imports.ts'
import { learnImports, type OnLearnt } from '../apply/imports/learn-imports.ts'
import { inState, type SyncContext } from '../context.ts'
import { observeObject } from '../custom-object/observe-object.ts'
import { observeRecords } from '../custom-object/observe-records.ts'
import { settleLeftOpen } from '../journal/settle-left-open.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { noteAllSeen } from './find-deleted-contacts.ts'
import { beginFullReading, endFullReading, isReadingEverything } from './full-reading.ts'
import { observeActiveCampaign } from './observe-active-campaign.ts'
import { observeDynamics } from './observe-dynamics.ts'
import { isObservedFor, rememberDefinition } from './remember-definition.ts'
import { forgetStages, isDone, noteDone, once } from './stages.ts'
import { readOrNote, rememberUnread, unreadBefore } from './unread.ts'

/**
 * Reads what changed; everything, when the state was read for another definition and may lack fields of this one, or when a reading of
 * everything was interrupted.
 *
 * @param options.partial - Go on where an entity cannot be read: `context.unread` says which. Else it throws.
 * @param options.onLearnt - Is told what became of bulk imports that have ended since.
 */
export const observe = async (
  context: SyncContext,
  customFields: CustomFieldIds,
  options: { readonly full: boolean; readonly partial?: boolean; readonly onLearnt?: OnLearnt },
): Promise<void> => {
  const { definition } = context
  const known = await inState(context, (transaction) => isObservedFor(transaction, definition))
  const goesOn = await inState(context, (transaction) => isReadingEverything(transaction, definition))
  const full = options.full || !known || goesOn
  if (full) await inState(context, (transaction) => beginFullReading(transaction, definition))
  // Before the reading: what has ended by now shows in it.
  await askImports(context)
  const unread = options.partial === true ? context.unread : undefined
  const before = await inState(context, unreadBefore)
  for (const entity of definition.entities) {
    const part = { entity: entity.entity, side: 'dynamics' } as const
    await readOrNote(unread, part, () => observeDynamics(context, entity))
  }
  const accounts = definition.entities.find(({ entity }) => entity === 'accounts')
  // Those that flow outbound only are read by full readings alone, and one that was refused is still to come.
  const fullAccounts =
    full || before.some(({ side, entity }) => side === 'activeCampaign' && entity === 'accounts')
  const hasAccounts =
    accounts === undefined ||
    (await readOrNote(unread, { entity: 'accounts', side: 'activeCampaign' }, () =>
      once(context, 'accounts', () => observeAccounts(context, accounts, { full: fullAccounts })),
    ))
  // In every run: what an import has made must show before it is learnt of.
  await observeActiveCampaign(context, customFields, { full: full && !(await isDone(context, 'contacts')) })
  await noteDone(context, 'contacts')
  if (hasAccounts)
    await readOrNote(unread, { entity: 'accounts', side: 'activeCampaign' }, () =>
      once(context, 'account-contacts', () => observeAccountContacts(context, { full })),
    )
  for (const entity of definition.entities) {
    if (entity.object === undefined) continue
    await readOrNote(unread, { entity: entity.entity, side: 'activeCampaign' }, async () => {
      await observeObject(context, entity, { full })
      await once(context, 'records', () => observeRecords(context, entity, { full }))
    })
  }
  await inState(context, async (transaction) => {
    await rememberUnread(transaction, unread?.all() ?? [])
    if (!known) await rememberDefinition(transaction, definition)
    await endFullReading(transaction)
    await forgetStages(transaction)
  })
  if (full) await noteAllSeen(context)
  await learnImports(context, options.onLearnt)
  await settleLeftOpen(context)
}
