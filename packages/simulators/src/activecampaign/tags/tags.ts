import { contactRow } from '../contacts/contact-row.ts'
import { touchContact } from '../contacts/write-contact.ts'
import type { Endpoint } from '../core/call.ts'
import { createRow, crud, sentRow } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { created, invalid, missing, ok, problem, Rejection } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { createdRow, fullRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'

export const tags: Resource = {
  path: 'tags',
  one: 'tag',
  model: 'Tag',
  links: ['contactGoalTags'],
  readOnly: ['deleted', 'created_by', 'updated_by'],
  defaults: (store) => ({
    tagType: 'contact',
    tag: '',
    description: '',
    cdate: store.iso(),
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
    deleted: '0',
  }),
  accept: (call, sent, current) => {
    const name = text(sent.tag ?? current?.tag)
    if (name === '') throw missing('tag', 'tag')
    const holder = tagByName(call.store, name)
    if (holder !== undefined && holder.id !== current?.id) {
      if (call.store.behaviour.duplicateTag === 'rejected' || current !== undefined) {
        throw invalid(`A tag named "${name}" already exists.`, 'duplicate', 'tag')
      }
      throw new Rejection(200, { tag: fullRow(tags, holder, call) })
    }
    return {
      tag: name,
      ...('description' in sent ? { description: text(sent.description) } : {}),
      ...(text(sent.tagType) === '' ? {} : { tagType: text(sent.tagType) }),
    }
  },
  created: (row) => ({ tag: text(row.tag), tagType: text(row.tagType), cdate: text(row.cdate) }),
  computed: (row, store) => ({ subscriber_count: String(store.tables.contactTags.by('tag', row.id).length) }),
  touched: (store) => ({ updated_timestamp: store.stamp() }),
  removed: (row, { store }) => {
    for (const link of store.tables.contactTags.by('tag', row.id)) store.tables.contactTags.remove(link.id)
  },
  list: { contains: ['tag'], searches: ['tag'] },
  permission: { create: 'pgTagManage', update: 'pgTagManage', remove: 'pgTagManage' },
}

const tagByName = (store: Store, name: string): Row | undefined =>
  store.tables.tags.by('name', name.toLowerCase()).find((row) => row.tag === name)

export const contactTags: Resource = {
  path: 'contactTags',
  one: 'contactTag',
  model: 'SubscriberTag',
  links: ['tag', 'contact'],
  defaults: (store) => ({
    contact: '',
    tag: '',
    cdate: store.iso(),
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
  }),
  accept: (call, sent) => {
    for (const attribute of ['contact', 'tag']) {
      if (text(sent[attribute]) === '') {
        throw problem(422, 'Missing attribute', { source: { pointer: `/data/attributes/${attribute}` } })
      }
    }
    const { contacts, tables } = call.store
    if (contacts.get(text(sent.contact)) === undefined)
      throw problem(404, 'Not Found', { detail: 'Contact not found' })
    if (tables.tags.get(text(sent.tag)) === undefined)
      throw problem(404, 'Not Found', { detail: 'Tag not found' })
    return { contact: text(sent.contact), tag: text(sent.tag) }
  },
  created: (row) => ({ cdate: text(row.cdate) }),
  wrote: (row, { store }) => tagged(store, row),
  removed: (row, { store }) => untagged(store, row),
}

/** A contact got a tag: its `udate` moves, so does the tag's own timestamp, and webhooks hear of it. */
function tagged(store: Store, link: Row): void {
  const tag = store.tables.tags.get(text(link.tag))
  if (tag !== undefined) store.tables.tags.put({ ...tag, updated_timestamp: store.stamp() })
  const contact = text(link.contact)
  touchContact(store, contact)
  store.emit({ type: 'contact_tag_added', contact, blocks: { tag: text(tag?.tag) } })
}

function untagged(store: Store, link: Row): void {
  const contact = text(link.contact)
  if (store.behaviour.tagRemoval === 'moves-udate') touchContact(store, contact)
  const tag = store.tables.tags.get(text(link.tag))
  store.emit({ type: 'contact_tag_removed', contact, blocks: { tag: text(tag?.tag) } })
}

/** The contact's link to a tag, if it has the tag. */
const linkOf = (store: Store, contact: string, tag: string): Row | undefined =>
  store.tables.contactTags.by('contact', contact).find((row) => row.tag === tag)

/** Gives a contact the tag of that name, which is made when there is none. */
export function tagContact(store: Store, contact: string, name: string): void {
  const { tags: names, contactTags: links } = store.tables
  const tag = tagByName(store, name) ?? names.put({ ...tags.defaults(store), tag: name, id: names.nextId() })
  if (linkOf(store, contact, tag.id) !== undefined) return
  tagged(store, links.put({ ...contactTags.defaults(store), contact, tag: tag.id, id: links.nextId() }))
}

/** Takes the tag of that name off a contact that has it. */
export function untagContact(store: Store, contact: string, name: string): void {
  const tag = tagByName(store, name)
  const link = tag === undefined ? undefined : linkOf(store, contact, tag.id)
  if (link === undefined) return
  store.tables.contactTags.remove(link.id)
  untagged(store, link)
}

const addTag: Endpoint = {
  operation: 'contactTags.create',
  method: 'POST',
  path: 'contactTags',
  handle: (call) => {
    const sent = sentRow(contactTags, call)
    const existing = linkOf(call.store, text(sent.contact), text(sent.tag))
    if (existing !== undefined) return ok({ contactTag: fullRow(contactTags, existing, call) })
    const row = createRow(contactTags, call, sent)
    const contact = call.store.contacts.get(text(row.contact))
    const contacts: readonly JsonObject[] = contact === undefined ? [] : [contactRow(call.store, contact)]
    return created({ contacts, contactTag: createdRow(contactTags, row, sent, call) })
  },
}

export const tagEndpoints: readonly Endpoint[] = [
  ...crud(tags),
  addTag,
  ...crud(contactTags, ['list', 'get', 'remove']),
]
