import type { EntityName } from '@dynacamp/mapping-dsl'
import { observeAccountContacts } from '../accounts/observe-account-contacts.ts'
import { observeAccounts } from '../accounts/observe-accounts.ts'
import { askImports } from '../apply/imports/ask-imports.ts'
import { learnImports, type OnLearnt } from '../apply/imports/learn-imports.ts'
import { inState, type SyncContext } from '../context.ts'
import { observeObject } from '../custom-object/observe-object.ts'
import { observeRecords } from '../custom-object/observe-records.ts'
import { settleLeftOpen } from '../journal/settle-left-open.ts'
import { contactKind } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { noteLookDue } from './find-deleted-contacts.ts'
import { beginFullReading, endFullReading, isReadingEverything } from './full-reading.ts'
import { observeActiveCampaign } from './observe-active-campaign.ts'
import { observeDynamics } from './observe-dynamics.ts'
import { peopleIn, readOrNote } from './read-or-note.ts'
import { isObservedFor, rememberDefinition } from './remember-definition.ts'
import { forgetStages, isDone, noteDone, once } from './stages.ts'
import { touchAsked } from './touch-asked.ts'
import { rememberUnread, unreadBefore } from './unread.ts'

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
    const part = { entities: [entity.entity], side: 'dynamics' } as const
    await readOrNote(context, unread, part, () => observeDynamics(context, entity))
  }
  const accounts = definition.entities.find(({ entity }) => entity === 'accounts')
  const companies = { entities: ['accounts'], side: 'activeCampaign' } as const
  const people = peopleIn(definition)
  // A full reading that was refused is still to come: changes alone do not show all of accounts that flow outbound only, of lists, nor of
  // records of the custom object.
  const isFullOf = (names: readonly EntityName[]): boolean =>
    full || before.some(({ side, entity }) => side === 'activeCampaign' && names.includes(entity))
  const hasAccounts =
    accounts === undefined ||
    (await readOrNote(context, unread, companies, () =>
      once(context, 'accounts', () =>
        observeAccounts(context, accounts, { full: isFullOf(companies.entities) }),
      ),
    ))
  // In every run: what an import has made must show before it is learnt of.
  const hasPeople =
    people.entities.length > 0 &&
    (await readOrNote(context, unread, people, async () => {
      const isFull = isFullOf(people.entities) && !(await isDone(context, 'contacts'))
      await observeActiveCampaign(context, customFields, { full: isFull })
      await noteDone(context, 'contacts')
    }))
  // It notes accounts in the contacts themselves: those that are read in part must stay known as such.
  if (hasAccounts && hasPeople)
    await readOrNote(context, unread, companies, () =>
      once(context, 'account-contacts', () =>
        observeAccountContacts(context, { full: isFullOf([...companies.entities, ...people.entities]) }),
      ),
    )
  for (const entity of definition.entities) {
    if (entity.object === undefined) continue
    const part = { entities: [entity.entity], side: 'activeCampaign' } as const
    await readOrNote(context, unread, part, async () => {
      await observeObject(context, entity, { full })
      await once(context, 'records', () => observeRecords(context, entity, { full: isFullOf(part.entities) }))
    })
  }
  await touchAsked(context)
  await inState(context, async (transaction) => {
    await rememberUnread(transaction, unread?.all() ?? [])
    if (!known) await rememberDefinition(transaction, definition)
    await endFullReading(transaction)
    await forgetStages(transaction)
    // Nor does a reading of changes show who was deleted meanwhile.
    if (unread?.covers(contactKind) === true) await noteLookDue(transaction)
  })
  // What imports have made shows in a reading of contacts.
  if (hasPeople) await learnImports(context, options.onLearnt)
  await settleLeftOpen(context)
}
