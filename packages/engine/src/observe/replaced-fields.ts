import type { CompiledDefinition, Fields } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { fromText } from '../state/json.ts'
import type { RecordKind, StateTransaction, StoredLink } from '../state/state-store.ts'
import { contactKind } from './contact-record.ts'
import type { CustomFieldIds } from './custom-fields.ts'
import { pendingRecords } from './read-custom-fields.ts'

/** The ids under which custom fields that are read were found the last time, by personalisation tag. */
const idsName = 'activecampaign/contacts/field-ids'
/** Tags of those that are other fields since, until all contacts were read with them. */
const replacedName = 'activecampaign/contacts/fields-replaced'

const pageSize = 500

const knownIds = async ({ cursors }: StateTransaction): Promise<Readonly<Record<string, string>>> =>
  fromText<Readonly<Record<string, string>>>((await cursors.get(idsName)) || '{}')

const replacedIn = async ({ cursors }: StateTransaction): Promise<readonly string[]> =>
  fromText<readonly string[]>((await cursors.get(replacedName)) || '[]')

const replacedAmong = async (state: StateTransaction, ids: CustomFieldIds): Promise<readonly string[]> => {
  const known = await knownIds(state)
  return [...ids].flatMap(([tag, id]) => (known[tag] === undefined || known[tag] === id ? [] : [tag]))
}

/** Whether a custom field is another one than contacts were read with. */
export const hasReplaced = async (state: StateTransaction, ids: CustomFieldIds): Promise<boolean> =>
  (await replacedAmong(state, ids)).length > 0

/** Notes which fields these are by now; says whether one of them is another one, so that all contacts have to be read anew. */
export const noteFieldIds = async (state: StateTransaction, ids: CustomFieldIds): Promise<boolean> => {
  const replaced = await replacedAmong(state, ids)
  const now = { ...(await knownIds(state)), ...Object.fromEntries(ids) }
  await state.cursors.set(idsName, JSON.stringify(now))
  if (replaced.length === 0) return false
  const all = new Set([...(await replacedIn(state)), ...replaced])
  await state.cursors.set(replacedName, JSON.stringify([...all]))
  return true
}

const without = (fields: Fields, names: readonly string[]): Fields => ({
  ...fields,
  ...Object.fromEntries(names.map((name) => [name, ''])),
})

/**
 * The same link, as if nothing had ever been in sync in these fields. Of one that flows to D365 only, D365 keeps what it has: nothing there
 * could fill the field in.
 */
const forgetting = (
  { entities }: CompiledDefinition,
  link: StoredLink,
  tags: readonly string[],
): StoredLink => {
  const fields = entities
    .filter(({ entity }) => entity === link.entity)
    .flatMap((entity) => entity.fields.filter(({ activeCampaign }) => tags.includes(activeCampaign)))
  return {
    ...link,
    base: {
      dynamics: without(
        link.base.dynamics,
        fields.flatMap(({ dynamics, direction }) => (direction === 'inbound' ? [] : [dynamics])),
      ),
      activeCampaign: without(
        link.base.activeCampaign,
        fields.map(({ activeCampaign }) => activeCampaign),
      ),
    },
  }
}

/** Forgets what was in sync in these fields of these records. */
export const forgetFields = async (
  { links }: StateTransaction,
  definition: CompiledDefinition,
  tags: readonly string[],
  { kind, ids }: { readonly kind: RecordKind; readonly ids: readonly string[] },
): Promise<void> => {
  if (tags.length === 0) return
  const own = await links.of(kind, ids)
  await links.save(own.map((link) => forgetting(definition, link, tags)))
}

/**
 * Of a custom field that was deleted and made again no contact has a value: that is no word of anybody, and D365 fills it in, as it fills
 * a contact that the sync makes. To be called while all contacts wait for their custom fields; called once more it does the same.
 */
export const forgetReplaced = async (context: SyncContext): Promise<void> => {
  const { definition } = context
  const tags = await inState(context, replacedIn)
  if (tags.length === 0) return
  for await (const records of pendingRecords(context, pageSize)) {
    const ids = records.map(({ id }) => id)
    await inState(context, (state) => forgetFields(state, definition, tags, { kind: contactKind, ids }))
  }
}

/** All contacts were read with the fields that are there now. */
export const endReplaced = async (state: StateTransaction): Promise<void> => {
  if ((await replacedIn(state)).length > 0) await state.cursors.set(replacedName, '')
}
