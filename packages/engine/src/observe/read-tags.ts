import type { ContactQuery } from '@dynacamp/activecampaign-client'
import { marks } from '@dynacamp/core'
import type { CompiledDefinition, Criterion } from '@dynacamp/mapping-dsl'
import { inState, type SyncContext } from '../context.ts'
import { contactKind } from './contact-record.ts'
import { saveTagPlace, tagPlace } from './tag-place.ts'

/** Tags that a criterion names. */
const namedIn = (criterion: Criterion): readonly string[] => {
  switch (criterion.kind) {
    case 'and':
    case 'or':
      return criterion.criteria.flatMap(namedIn)
    case 'not':
      return namedIn(criterion.criterion)
    case 'hasAny':
    case 'oneOf':
      return criterion.field === 'tags' ? criterion.operands.map(({ value }) => String(value)) : []
    default:
      return []
  }
}

/** Names are compared as criteria compare them, without regard to case and outer blanks. */
const isNamed = (name: string) => {
  const wanted = name.trim().toLowerCase()
  return ({ tag }: { readonly tag: string }): boolean => tag.trim().toLowerCase() === wanted
}

/** The tags that some rule of the definition looks at. */
const tagsThatMatter = ({ entities, tags }: CompiledDefinition): readonly string[] => {
  const names = entities.flatMap(({ entity, createInDynamics, inboundScope }) => {
    if (entity !== 'contacts' && entity !== 'leads') return []
    const asks = createInDynamics === 'tagged' ? [marks[entity], marks.pushed] : []
    const marked = tags.write ? [marks[entity], marks.pushed, marks.pulled] : []
    const criteria = createInDynamics === 'all' ? namedIn(inboundScope.criterion) : []
    return [...asks, ...marked, ...criteria]
  })
  return [...new Set(names)]
}

/** Which of the tags that a rule looks at one contact carries: two calls, and one for each such tag. */
export const tagsOfContact = async (
  { activeCampaign, definition, signal }: SyncContext,
  id: string,
): Promise<readonly string[]> => {
  const wanted = tagsThatMatter(definition)
  if (wanted.length === 0) return []
  const carried = await activeCampaign.contactTags.listForContact(id, { signal }).toArray()
  const ids = new Set(carried.map(({ tag }) => tag))
  const found: string[] = []
  for (const name of ids.size === 0 ? [] : wanted) {
    for await (const tag of activeCampaign.tags.search(name, { signal })) {
      if (isNamed(name)(tag) && ids.has(tag.id)) found.push(name)
    }
  }
  return found
}

/**
 * Notes which of the contacts that changed carry a tag that a rule looks at. Adding a tag moves a contact's `udate`, so the
 * changed ones are enough; ActiveCampaign lists contacts by tag, a call per hundred, where asking each contact for its tags
 * would be a call per contact. A reading that was interrupted goes on with its next page.
 */
export const readTags = async (
  context: SyncContext,
  { generation, ...query }: ContactQuery & { readonly generation: number },
): Promise<void> => {
  const { activeCampaign, definition, signal } = context
  const names = tagsThatMatter(definition)
  const place = await inState(context, tagPlace)
  for (const name of names.slice(Math.max(0, names.indexOf(place?.tag ?? '')))) {
    const continuationToken = name === place?.tag ? place.continuationToken : undefined
    const found = await activeCampaign.tags.search(name, signal ? { signal } : undefined).toArray()
    const tag = found.find((candidate) => candidate.tag === name) ?? found.find(isNamed(name))
    if (tag === undefined) continue
    for await (const page of activeCampaign.contacts
      .list({ ...query, tagId: tag.id })
      .byPage({ continuationToken })) {
      const ids = page.rows.map((contact) => contact.id)
      const next = page.continuationToken
      await inState(context, async (state) => {
        const { records } = state
        const tagged = (await records.find(contactKind, ids)).map((record) => ({
          ...record,
          tags: [...new Set([...record.tags, name])],
        }))
        await records.save(tagged, { generation, pending: true })
        if (next !== undefined) await saveTagPlace(state, { tag: name, continuationToken: next })
      })
      if (next !== undefined) await context.boundary()
    }
  }
}
