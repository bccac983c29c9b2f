import { isEmail } from '../contacts/write-contact.ts'
import type { Call, Endpoint } from '../core/call.ts'
import {
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  objectAt,
  objectsAt,
  text,
} from '../core/json.ts'
import { ok, Rejection } from '../core/reply.ts'
import type { Store } from '../core/store.ts'
import { type Batch, batchesOf } from './batches.ts'
import { importContact } from './import-contact.ts'

const maximumContacts = 250
const maximumBytes = 399_999
const invalidBatch = 'JSON payload did not pass validation. See failureReasons for details.'

const rejected = (message: string, failureReasons: Json): Rejection =>
  new Rejection(400, { success: 0, message, failureReasons })

/** Imports have limits of their own: 20 a minute for single contacts, 100 for more. */
function checkRate(store: Store, contacts: number): void {
  const [limit, alone] = contacts === 1 ? [20, true] : [100, false]
  const recent = batchesOf(store).filter(
    (batch) => batch.atMs > store.now() - 60_000 && (batch.contacts.length === 1) === alone,
  )
  if (recent.length < limit) return
  throw rejected('Rate limit exceeded.', [
    `Up to ${String(limit)} imports may be requested per minute. Please batch contacts in larger requests.`,
  ])
}

const isTaken = (store: Store, email: string): boolean =>
  isEmail(email) && (store.behaviour.importAddresses === 'any' || /^[ -~]*$/.test(email))

/** The contacts of a request that may be queued; otherwise nothing of it is. */
function checkedContacts(call: Call): readonly JsonObject[] {
  if (call.bytes > maximumBytes)
    throw rejected(invalidBatch, [`The payload is larger than ${String(maximumBytes)} bytes.`])
  const { contacts } = call.body
  if (!isJsonArray(contacts) || contacts.length === 0)
    throw rejected(invalidBatch, ["'contacts' is a required field."])
  if (contacts.length > maximumContacts) {
    throw rejected(invalidBatch, [`A request may hold ${String(maximumContacts)} contacts.`])
  }
  const reasons = contacts.flatMap((contact, index): readonly JsonObject[] => {
    const email = isJsonObject(contact) ? text(contact.email).trim() : 'not an object'
    return email === '' || isTaken(call.store, email)
      ? []
      : [{ contact: index, failureReason: "Field 'email' incorrect format" }]
  })
  if (reasons.length > 0) throw rejected(invalidBatch, reasons)
  return objectsAt(call.body, 'contacts')
}

function run(store: Store, batch: Batch): void {
  store.silently(() => {
    for (const contact of batch.contacts) {
      const id = importContact(store, contact)
      if (id === undefined) batch.failure.push(text(contact.email))
      else batch.success.push(id)
    }
  })
}

/** Tells whoever asked to be told. The vendor shows no example of this body. */
function callBack(store: Store, batch: Batch, callback: JsonObject): void {
  const url = text(callback.url)
  if (!URL.canParse(url)) return
  const headers = objectsAt(callback, 'headers').map((header): [string, string] => [
    text(header.key),
    text(header.value),
  ])
  const params = objectsAt(callback, 'params').map((param): [string, Json] => [
    text(param.key),
    param.value ?? '',
  ])
  const detailed = text(callback.detailed_results) === 'true' || callback.detailed_results === true
  const results = detailed ? { success: batch.success, failure: batch.failure } : {}
  const request = new Request(url, {
    method: 'POST',
    headers: [...headers.filter(([key]) => key !== ''), ['content-type', 'application/json']],
    body: JSON.stringify({
      ...Object.fromEntries(params.filter(([key]) => key !== '')),
      batchId: batch.id,
      ...results,
    }),
  })
  store.send(request, () => undefined)
}

export const startImport: Endpoint = {
  operation: 'import.start',
  method: 'POST',
  path: 'import/bulk_import',
  handle: (call) => {
    const { store } = call
    const contacts = checkedContacts(call)
    checkRate(store, contacts.length)
    const batch: Batch = { id: store.uuid(), atMs: store.now(), contacts, success: [], failure: [] }
    batchesOf(store).push(batch)
    const callback = objectAt(call.body, 'callback')
    const tookMs = store.behaviour.importWaitMs + store.behaviour.importRunMs
    if (text(callback.url) === '') store.later(tookMs, () => run(store, batch))
    else {
      void store.promptly(tookMs, () => {
        run(store, batch)
        callBack(store, batch, callback)
      })
    }
    return ok({
      Success: 1,
      queued_contacts: contacts.length,
      batchId: batch.id,
      message: 'Contact import queued',
    })
  },
}
