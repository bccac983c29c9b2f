import type { AccountContact } from '@dynacamp/activecampaign-client'
import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { SetActiveCampaignAccount } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import { accountField, forgetOne, refreshAccounts, rememberMade } from '../../accounts/account-contacts.ts'
import { inState } from '../../context.ts'
import { contactKind, withFields } from '../../observe/contact-record.ts'
import type { StoredRecord } from '../../state/state-store.ts'
import type { ApplyContext } from '../apply-context.ts'
import { isOtherGone } from '../is-other-gone.ts'
import { lookAtContact } from '../look-at-contact.ts'
import type { Execution } from '../outcome.ts'
import { contactChanged, staleContact } from '../stale.ts'
import { accountNotLinked, staleAccount } from '../stale-account.ts'

/** The other end of a row, as planned, or as the action that was waited for has learned it. */
const linkedTo = async (
  context: ApplyContext,
  entity: string,
  dynamicsId: string,
): Promise<string | undefined> => {
  const links = await inState(context, (state) => state.links.of({ side: 'dynamics', entity }, [dynamicsId]))
  return links[0]?.activeCampaignId
}

const accountIdOf = async (
  context: ApplyContext,
  { account }: SetActiveCampaignAccount,
): Promise<string | null | undefined> => {
  if (account === null) return null
  if (account.activeCampaignId !== null) return account.activeCampaignId
  return account.dynamicsId === null ? undefined : linkedTo(context, 'accounts', account.dynamicsId)
}

/**
 * Takes the contact out of its account, and writes that down before anything else happens: were this the last that the process
 * did, the next plan would take the missing account for somebody's change.
 */
const leave = async (
  context: ApplyContext,
  { linkId, entity, dynamicsId }: SetActiveCampaignAccount,
  { id, contact }: AccountContact,
): Promise<void> => {
  const { activeCampaign, definition, signal } = context
  await activeCampaign.accountContacts.delete(id, signal ? { signal } : undefined)
  const field = accountField(definition)
  if (field === undefined) return
  await inState(context, async (state) => {
    await forgetOne(state, id)
    await refreshAccounts(state, definition, [contact])
    const links = await state.links.of({ side: 'dynamics', entity }, [dynamicsId])
    const own = links.filter((link) => link.id === linkId)
    await state.links.save(
      own.map((link) => ({
        ...link,
        base: { ...link.base, activeCampaign: { ...link.base.activeCampaign, [field]: '' } },
      })),
    )
  })
}

/** Enters the account with the job title that the contact had in the other one, and writes the record of that down. Answers what is in the way, if anything is. */
const enter = async (
  context: ApplyContext,
  {
    contact,
    account,
    jobTitle,
  }: { readonly contact: string; readonly account: string; readonly jobTitle: string | undefined },
): Promise<Execution | undefined> => {
  const { activeCampaign, signal } = context
  const input = { contact, account, ...(jobTitle !== undefined && jobTitle !== '' && { jobTitle }) }
  const made = await activeCampaign.accountContacts
    .create(input, signal ? { signal } : undefined)
    .catch(async (error: unknown) => {
      if (!isActiveCampaignError(error)) throw error
      if (await isOtherGone(context, error, contact)) return staleAccount(error, account)
      // Somebody was faster.
      if (error.code === 'field_invalid') return contactChanged
      throw error
    })
  if ('status' in made) return made
  await inState(context, (state) => rememberMade(state, { id: made.id, contact, account }))
  return undefined
}

const isIn = (
  { definition }: ApplyContext,
  dynamicsId: string,
  contact: StoredRecord,
  value: Fields,
): Execution => ({
  status: 'done',
  records: [withFields(definition, contact, value)],
  link: { dynamicsId, activeCampaignId: contact.id, answered: { activeCampaign: value } },
})

/**
 * A contact that this plan has made needs no look: bulk import has put it into its account, as the reading after it shows, or it has
 * none. One that is in another account by now was moved by somebody.
 */
const giveNew = async (
  context: ApplyContext,
  {
    dynamicsId,
    contact,
    account,
    field,
  }: {
    readonly dynamicsId: string
    readonly contact: string
    readonly account: string | null
    readonly field: string
  },
): Promise<Execution> => {
  const [known] = await inState(context, ({ records }) => records.find(contactKind, [contact]))
  const present = known?.fields[field] ?? ''
  if (known === undefined || (present !== '' && present !== account)) return contactChanged
  const refused =
    account === null || present === account
      ? undefined
      : await enter(context, { contact, account, jobTitle: undefined })
  return refused ?? isIn(context, dynamicsId, known, { [field]: account ?? '' })
}

/**
 * Puts a contact into an account, moves it, or takes it out, after one more look where it is, unless it is new. ActiveCampaign moves nobody: a
 * move is a delete and a create, and repeating either is safe.
 */
export const setActiveCampaignAccount = async (
  context: ApplyContext,
  action: SetActiveCampaignAccount,
): Promise<Execution> => {
  const { dynamicsId, entity } = action
  const activeCampaignId = action.activeCampaignId ?? (await linkedTo(context, entity, dynamicsId))
  const account = await accountIdOf(context, action)
  const field = accountField(context.definition)
  if (activeCampaignId === undefined || account === undefined || field === undefined) return accountNotLinked
  try {
    if (action.activeCampaignId === null) {
      return await giveNew(context, { dynamicsId, contact: activeCampaignId, account, field })
    }
    const { now, unchanged, accountContacts } = await lookAtContact(context, { ...action, activeCampaignId })
    if (!unchanged) return contactChanged
    const [present] = accountContacts
    if (present !== undefined && present.account !== account) await leave(context, action, present)
    const refused =
      account !== null && present?.account !== account
        ? await enter(context, { contact: activeCampaignId, account, jobTitle: present?.jobTitle })
        : undefined
    if (refused !== undefined) return refused
    return isIn(context, dynamicsId, now, { [field]: account ?? '' })
  } catch (error) {
    return staleContact(error, activeCampaignId)
  }
}
