import { accounts } from '../accounts/accounts.ts'
import { record } from '../activity/record.ts'
import { contactRow } from '../contacts/contact-row.ts'
import { touchContact } from '../contacts/write-contact.ts'
import { type Call, type Endpoint, param } from '../core/call.ts'
import { createRow, crud, rowOr404, sentRow, updateRow } from '../core/crud.ts'
import { type JsonObject, type Row, text } from '../core/json.ts'
import { created, invalid, missing, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { createdRow, fullRow, updatedRow } from '../core/show.ts'
import type { Store } from '../core/store.ts'
import { deals } from '../deals/deals.ts'

const ownerTypes: Readonly<Record<string, string>> = {
  Activity: 'activity',
  Deal: 'deal',
  DealTask: 'dealTask',
  Subscriber: 'contact',
  CustomerAccount: 'customerAccount',
}

export const notes: Resource = {
  path: 'notes',
  one: 'note',
  model: 'Note',
  links: ['activities', 'user', 'mentions', 'notes', 'owner'],
  defaults: (store) => ({
    relid: '0',
    reltype: 'Subscriber',
    userid: '1',
    is_draft: '0',
    cdate: store.iso(),
    mdate: store.iso(),
    note: '',
  }),
  accept: (_, sent) => {
    for (const attribute of ['note', 'relid', 'reltype']) {
      if (text(sent[attribute]) === '') throw missing('note', attribute)
    }
    const reltype = text(sent.reltype)
    if (!Object.hasOwn(ownerTypes, reltype))
      throw invalid(`The note reltype "${reltype}" is not valid.`, 'field_invalid', 'reltype')
    return { note: text(sent.note), relid: text(sent.relid), reltype }
  },
  created: (row, sent) => ({
    cdate: text(row.cdate),
    mdate: text(row.mdate),
    userid: text(row.userid),
    owner: { type: ownerTypes[text(row.reltype)] ?? '', id: sent.relid ?? null },
    is_draft: '',
    user: text(row.userid),
  }),
  computed: (row) => ({
    user: text(row.userid),
    owner: { type: ownerTypes[text(row.reltype)] ?? '', id: text(row.relid) },
  }),
  beside: (rows, store, occasion) =>
    occasion === 'get' || occasion === 'list' ? {} : notedRows(store, rows),
  touched: (store) => ({ mdate: store.iso() }),
  wrote: (row, { store }) => noted(store, row),
  list: { total: 'number' },
}

/** A note moves the `udate` of its contact and is news for webhooks. */
function noted(store: Store, note: Row): void {
  const id = text(note.relid)
  if (note.reltype === 'Subscriber') {
    touchContact(store, id)
    record(store, id, { type: 'Note', action: 'add', referenceId: note.id })
    store.emit({ type: 'subscriber_note', contact: id, blocks: { note: text(note.note) } })
  }
  if (note.reltype === 'Deal')
    store.emit({ type: 'deal_note_add', blocks: { note: text(note.note), deal: { id } } })
}

/** What the notes are about, as the answer to a write carries it. */
function notedRows(store: Store, rows: readonly Row[]): JsonObject {
  const related = (reltype: string): readonly string[] =>
    rows.filter((row) => row.reltype === reltype).map((row) => text(row.relid))
  const contacts = related('Subscriber').flatMap((id) => store.contacts.get(id) ?? [])
  return contacts.length > 0 ? { contacts: contacts.map((contact) => contactRow(store, contact)) } : {}
}

interface Owned {
  readonly owner: Resource
  readonly reltype: string
}

/** Notes of an account or a deal are also written under their path. */
function ownedNotes({ owner, reltype }: Owned): readonly Endpoint[] {
  const shown = (call: Call): { readonly owner: Row; readonly sent: JsonObject } => {
    const row = rowOr404(owner, call, param(call, 'id'))
    return { owner: row, sent: { ...sentRow(notes, call), relid: row.id, reltype } }
  }
  const beside = (call: Call, row: Row): JsonObject => ({ [owner.path]: [fullRow(owner, row, call)] })
  const add = (path: string): Endpoint => ({
    operation: `${owner.path}.notes.create`,
    method: 'POST',
    path,
    handle: (call) => {
      const { owner: row, sent } = shown(call)
      const note = createRow(notes, call, sent)
      return created({ ...beside(call, row), note: createdRow(notes, note, sent, call) })
    },
  })
  return [
    add(`${owner.path}/:id/notes`),
    // Recorded: a POST that names a note makes a new one all the same.
    add(`${owner.path}/:id/notes/:note`),
    {
      operation: `${owner.path}.notes.update`,
      method: 'PUT',
      path: `${owner.path}/:id/notes/:note`,
      handle: (call) => {
        const { owner: row, sent } = shown(call)
        const note = updateRow(notes, call, rowOr404(notes, call, param(call, 'note')), sent)
        return ok({ ...beside(call, row), note: updatedRow(notes, note, sent, call) })
      },
    },
    {
      operation: `${owner.path}.notes`,
      method: 'GET',
      path: `${owner.path}/:id/notes`,
      handle: (call) => {
        const row = rowOr404(owner, call, param(call, 'id'))
        const rows = call.store.tables.notes.by('owner', `${reltype}:${row.id}`)
        return ok({ notes: rows.map((note) => fullRow(notes, note, call)) })
      },
    },
  ]
}

export const noteEndpoints: readonly Endpoint[] = [
  ...crud(notes),
  ...ownedNotes({ owner: accounts, reltype: 'CustomerAccount' }),
  ...ownedNotes({ owner: deals, reltype: 'Deal' }),
]
