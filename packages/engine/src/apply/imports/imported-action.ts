import type { ImportContact } from '@dynacamp/activecampaign-client'
import { type Action, CreateActiveCampaignContact } from '@dynacamp/core'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { contactKeys, contactKind } from '../../observe/contact-record.ts'
import type { ImportedAction } from '../../state/import-state.ts'
import type { StateTransaction } from '../../state/state-store.ts'
import type { ApplyRun } from '../apply-run.ts'
import { contactInput } from '../contact-input.ts'
import { accountNames } from './account-names.ts'

/** An action with the contact that carries it out and what is to be remembered of it. */
export interface Sending {
  readonly action: Action
  readonly contact: ImportContact
  readonly remembered: ImportedAction
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined

/**
 * The e-mails of these contacts, as far as no other contact is known under them: ActiveCampaign has one contact of each e-mail, so of
 * two that are known one is gone or has another by now, and import would write to the one that is there.
 */
const emailsOf = async (
  { records }: StateTransaction,
  definition: CompiledDefinition,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const contacts = (await records.find(contactKind, ids)).flatMap(({ id, fields }) => {
    const email = textOf(fields.email)
    return email === undefined ? [] : [{ id, email, keys: contactKeys(definition, { email }) }]
  })
  const known = await records.findByKey(
    contactKind,
    contacts.flatMap(({ keys }) => keys),
  )
  const isAlone = ({ id, keys }: (typeof contacts)[number]): boolean =>
    known.every((other) => other.id === id || !other.keys.some((key) => keys.includes(key)))
  return new Map(contacts.filter(isAlone).map(({ id, email }) => [id, email]))
}

/**
 * Actions as import takes them. A linked contact is addressed by the e-mail that it has in ActiveCampaign. Those whose e-mail
 * nobody knows, or that share it, are left out.
 */
export const toSendings = async (
  state: StateTransaction,
  run: Pick<ApplyRun, 'context' | 'planId' | 'accounts'>,
  actions: readonly Action[],
): Promise<readonly Sending[]> => {
  const { planId } = run
  const { definition, customFields } = run.context
  const ids = actions.flatMap(({ activeCampaignId }) => activeCampaignId ?? [])
  const emailOf = await emailsOf(state, definition, ids)
  const accounts = await accountNames(state, run, actions)
  return actions.flatMap((action) => {
    const { id: actionId, kind, entity, linkId, dynamicsId, activeCampaignId, settles, changes } = action
    const sent = Object.fromEntries(changes.map(({ field, after }) => [field, after]))
    const email = activeCampaignId === null ? textOf(sent.email) : emailOf.get(activeCampaignId)
    if (email === undefined || dynamicsId === null) return []
    const keys = activeCampaignId === null ? contactKeys(definition, sent) : []
    const remembered = {
      ...{ planId, actionId, kind, entity, linkId, dynamicsId, activeCampaignId, email, keys },
      settles: { dynamics: settles.dynamics, activeCampaign: settles.activeCampaign },
    }
    const tags = CreateActiveCampaignContact.is(action) && action.tags.length > 0 ? { tags: action.tags } : {}
    const accountName = accounts.get(actionId)
    const account = accountName === undefined ? {} : { accountName }
    const contact = { ...contactInput(changes, customFields), ...tags, ...account, email }
    return [{ action, contact, remembered }]
  })
}
