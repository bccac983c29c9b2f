import type { ContactQuery } from '@dynacamp/activecampaign-client'
import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { contactKind } from './contact-record.ts'

/** The vendor's own app marks contacts that shall become rows of D365 with these. */
const requestTags = { contacts: '[D365: Contact]', leads: '[D365: Lead]' } as const

const requestTagsOf = ({ entities }: CompiledDefinition): readonly string[] =>
  entities.flatMap(({ entity, createInDynamics }) =>
    createInDynamics === 'tagged' && (entity === 'contacts' || entity === 'leads')
      ? [requestTags[entity]]
      : [],
  )

/** Which of the tags that ask for a D365 row one contact carries: two calls, and one for each such tag. */
export const requestTagsOfContact = async (
  { activeCampaign, definition, signal }: SyncContext,
  id: string,
): Promise<readonly string[]> => {
  const wanted = requestTagsOf(definition)
  if (wanted.length === 0) return []
  const carried = await activeCampaign.contactTags.listForContact(id, { signal }).toArray()
  const ids = new Set(carried.map(({ tag }) => tag))
  const found: string[] = []
  for (const name of ids.size === 0 ? [] : wanted) {
    for await (const tag of activeCampaign.tags.search(name, { signal })) {
      if (tag.tag === name && ids.has(tag.id)) found.push(name)
    }
  }
  return found
}

/**
 * Notes which of the contacts that changed carry a tag that asks for a D365 row. Adding a tag moves a contact's
 * `udate`, so the changed ones are enough; ActiveCampaign lists contacts by tag, a call per hundred, where
 * asking each contact for its tags would be a call per contact.
 */
export const readTags = async (
  context: SyncContext,
  { generation, ...query }: ContactQuery & { readonly generation: number },
): Promise<void> => {
  const { activeCampaign, definition, signal } = context
  for (const entity of definition.entities) {
    if (entity.createInDynamics !== 'tagged') continue
    if (entity.entity !== 'contacts' && entity.entity !== 'leads') continue
    const name = requestTags[entity.entity]
    const found = await activeCampaign.tags.search(name, signal ? { signal } : undefined).toArray()
    const tag = found.find((candidate) => candidate.tag === name)
    if (tag === undefined) continue
    for await (const page of activeCampaign.contacts.list({ ...query, tagId: tag.id }).byPage()) {
      const ids = page.rows.map((contact) => contact.id)
      await inState(context, async ({ records }) => {
        const tagged = (await records.find(contactKind, ids)).map((record) => ({
          ...record,
          tags: [...new Set([...record.tags, name])],
        }))
        await records.save(tagged, { generation, pending: true })
      })
    }
  }
}
