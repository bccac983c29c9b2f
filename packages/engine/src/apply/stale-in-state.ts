import { type Action, type ActionKind, hashFields, isOwnUnsubscribe } from '@dynacamp/core'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { contactKeys, contactKind } from '../observe/contact-record.ts'
import { endOf } from '../state/ends.ts'
import { underWayName } from '../state/import-state.ts'
import type { StateTransaction, StoredRecord } from '../state/state-store.ts'
import { awaitsLink, isLinkedElse, type LinksNow } from './linked-since.ts'
import type { Stale } from './outcome.ts'
import { contactExists, recordChanged, underWay } from './stale.ts'
import { takenSince } from './taken-since.ts'

const departures: readonly ActionKind[] = [
  'unlink-records',
  'unsubscribe-active-campaign-contact',
  'delete-active-campaign-contact',
  'delete-active-campaign-account',
]

/** Whether what an action was planned from is no longer what the state last saw. */
const isStale = (
  action: Action,
  row: StoredRecord | undefined,
  contact: StoredRecord | undefined,
  links: LinksNow,
): boolean => {
  const { kind, preconditions } = action
  if (isLinkedElse(action, links)) return true
  const { dynamicsEtag, dynamicsHash, dynamicsFields = [] } = preconditions
  const isOfRow = dynamicsEtag !== undefined || dynamicsHash !== undefined
  // What ends or narrows a link is meant, with neither an ETag nor values of it, for a row that was gone.
  if (departures.includes(kind) && !isOfRow && row !== undefined) return true
  // Whoever has left a list by themselves since is not put back on it.
  if (action.kind === 'resubscribe-active-campaign-contact' && !awaitsLink(action)) {
    const base = links.ofRow?.base
    if (base === undefined || !action.lists.every((list) => isOwnUnsubscribe(base, list))) return true
  }
  const { activeCampaignHash, activeCampaignFields = [] } = preconditions
  if (dynamicsEtag !== undefined && row?.version !== dynamicsEtag) return true
  if (dynamicsHash !== undefined) {
    if (row === undefined || hashFields(row.fields, dynamicsFields) !== dynamicsHash) return true
  }
  if (activeCampaignHash === undefined) return false
  return contact === undefined || hashFields(contact.fields, activeCampaignFields) !== activeCampaignHash
}

/** The key by which the e-mail of a new contact is found, where the definition matches by it. */
const emailKeys = (definition: CompiledDefinition, { changes }: Action): readonly string[] =>
  contactKeys(definition, Object.fromEntries(changes.map(({ field, after }) => [field, after]))).filter(
    (key) => key.startsWith('email:'),
  )

/** Contacts to be made whose e-mail somebody has by now. */
const takenEmails = async (
  { records }: StateTransaction,
  definition: CompiledDefinition,
  actions: readonly Action[],
): Promise<readonly Action[]> => {
  const keysOf = new Map(
    actions
      .filter(({ kind }) => kind === 'create-active-campaign-contact')
      .map((action) => [action, emailKeys(definition, action)]),
  )
  const holders = await records.findByKey(contactKind, [...new Set([...keysOf.values()].flat())])
  const taken = new Set(holders.flatMap(({ keys }) => keys))
  return [...keysOf].filter(([, keys]) => keys.some((key) => taken.has(key))).map(([action]) => action)
}

/** Names of both ends of an action, as imports know them. */
const endsOf = ({ entity, dynamicsId, activeCampaignId }: Action): readonly string[] => [
  ...(dynamicsId === null ? [] : [underWayName({ ...endOf(entity, 'dynamics'), id: dynamicsId })]),
  ...(activeCampaignId === null
    ? []
    : [underWayName({ ...endOf(entity, 'activeCampaign'), id: activeCampaignId })]),
]

/**
 * Actions, by id, that are not to be tried: their records were seen to change after the plan was made, or an import has them
 * under way. Looked up before anything of the plan is written: afterwards the plan's own writes would look like changes.
 */
export const staleInState = async (
  state: StateTransaction,
  definition: CompiledDefinition,
  actions: readonly Action[],
  nowMs: number,
): Promise<ReadonlyMap<string, Stale>> => {
  const { records, links, imports } = state
  const found = new Map<string, Stale>()
  const busy = await imports.underWay(actions.flatMap(endsOf))
  for (const action of actions) {
    // An opt-out touches nothing that an import writes, and waits for nobody.
    if (action.kind === 'unsubscribe-active-campaign-contact') continue
    if (endsOf(action).some((name) => busy.has(name))) found.set(action.id, underWay)
  }
  for (const { id } of await takenEmails(state, definition, actions)) found.set(id, contactExists)
  for (const [id, stale] of await takenSince(state, definition, actions, nowMs)) found.set(id, stale)
  for (const [entity, group] of Map.groupBy(actions, (action) => action.entity)) {
    const rows = await records.find(
      endOf(entity, 'dynamics'),
      group.flatMap((action) => action.dynamicsId ?? []),
    )
    const contacts = await records.find(
      endOf(entity, 'activeCampaign'),
      group.flatMap((action) => action.activeCampaignId ?? []),
    )
    const linksOfRows = await links.of(
      endOf(entity, 'dynamics'),
      group.flatMap((action) => action.dynamicsId ?? []),
    )
    const linkOf = new Map(linksOfRows.map((link) => [link.dynamicsId, link]))
    const linksOfContacts = Map.groupBy(
      await links.of(
        endOf(entity, 'activeCampaign'),
        group.flatMap((action) => action.activeCampaignId ?? []),
      ),
      (link) => link.activeCampaignId,
    )
    const rowOf = new Map(rows.map((row) => [row.id, row]))
    const contactOf = new Map(contacts.map((contact) => [contact.id, contact]))
    for (const action of group) {
      const row = rowOf.get(action.dynamicsId ?? '')
      const contact = contactOf.get(action.activeCampaignId ?? '')
      const linksNow = {
        ofRow: linkOf.get(action.dynamicsId ?? ''),
        ofContact: linksOfContacts.get(action.activeCampaignId ?? '') ?? [],
      }
      if (isStale(action, row, contact, linksNow)) {
        found.set(action.id, recordChanged)
      }
    }
  }
  return found
}
