import { z } from 'zod'
import type { ApiCall, CallOptions, Connection, Deletion } from '../connection.ts'
import { listRows } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import { row } from '../row.ts'
import { flag, id, instant, reference, text } from '../wire.ts'

const noteRow = row({
  id,
  note: text,
  /** `Subscriber` (a contact), `CustomerAccount`, `Deal`, `DealTask`, `Activity`. */
  reltype: text,
  /** Id of what the note is about. */
  relid: id,
  /** Id of the user who wrote it. */
  userid: reference,
  is_draft: flag,
  cdate: instant,
  mdate: instant,
  /** What the note is about, in the words of newer parts of the service. */
  owner: z.object({ type: text, id }).nullish(),
})

/** A note. @see https://developers.activecampaign.com/reference/create-a-note */
export type Note = Readonly<z.output<typeof noteRow>>

/** What a note says and whom it is about. */
export type NoteInput =
  | { readonly note: string; readonly contact: string }
  | { readonly note: string; readonly account: string }

const wireNote = (input: NoteInput) => ({
  note:
    'contact' in input
      ? { note: input.note, relid: input.contact, reltype: 'Subscriber' }
      : { note: input.note, relid: input.account, reltype: 'CustomerAccount' },
})

/** Notes. @see https://developers.activecampaign.com/reference/create-a-note */
export class Notes {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All notes.
   *
   * Endpoint: `GET /notes`, one call per 100 notes.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function notesOfAccounts(client: ActiveCampaignClient) {
   *   const notes = await client.notes.list().toArray()
   *   return notes.filter((note) => note.reltype === 'CustomerAccount')
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<Note> {
    return listRows(this.#connection, {
      operation: 'notes.list',
      path: 'notes',
      key: 'notes',
      row: noteRow,
      options,
    })
  }

  /**
   * The notes about a contact.
   *
   * Endpoint: `GET /contacts/{id}/notes`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function notesOf(client: ActiveCampaignClient, contactId: string) {
   *   return await client.notes.listForContact(contactId).toArray()
   * }
   * ```
   */
  listForContact(contactId: string, options?: CallOptions): PagedList<Note> {
    const source = { operation: 'notes.listForContact', path: path`contacts/${contactId}/notes` }
    return listRows(this.#connection, { ...source, key: 'notes', row: noteRow, options })
  }

  /**
   * One note.
   *
   * Endpoint: `GET /notes/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function textOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.notes.get(id)).note
   * }
   * ```
   */
  get(id: string, options?: CallOptions): Promise<Note> {
    return this.#one({ operation: 'notes.get', method: 'GET', path: path`notes/${id}`, options })
  }

  /**
   * Adds a note to a contact or an account. A contact's `udate` moves.
   *
   * Endpoint: `POST /notes`, one call, never repeated when its outcome is unknown.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addNote(client: ActiveCampaignClient, contact: string) {
   *   await client.notes.create({ contact, note: 'Wants to be called on Monday' })
   * }
   * ```
   */
  create(note: NoteInput, options?: CallOptions): Promise<Note> {
    return this.#one({
      operation: 'notes.create',
      method: 'POST',
      path: 'notes',
      json: wireNote(note),
      options,
    })
  }

  /**
   * Changes a note. Whom it is about must be said again.
   *
   * Endpoint: `PUT /notes/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function correct(client: ActiveCampaignClient, id: string, contact: string) {
   *   await client.notes.update(id, { contact, note: 'Wants to be called on Tuesday' })
   * }
   * ```
   */
  update(id: string, note: NoteInput, options?: CallOptions): Promise<Note> {
    const json = wireNote(note)
    return this.#one({ operation: 'notes.update', method: 'PUT', path: path`notes/${id}`, json, options })
  }

  /**
   * Deletes a note.
   *
   * Endpoint: `DELETE /notes/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.notes.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('notes.delete', path`notes/${id}`, options)
  }

  #one(call: ApiCall): Promise<Note> {
    return this.#connection.one(call, 'note', noteRow)
  }
}
