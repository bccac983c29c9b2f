import { contactRow } from '../contacts/contact-row.ts'
import { type Call, type Endpoint, param } from '../core/call.ts'
import { createRow, rowOr404, sentRow, updateRow } from '../core/crud.ts'
import { writeCustomValue } from '../core/custom-fields.ts'
import { isJsonObject, type JsonObject, objectsAt, pick, type Row, text } from '../core/json.ts'
import { chosenRows, pageOfRows } from '../core/listing.ts'
import { created, ok, problem } from '../core/reply.ts'
import { createdRow, fullRow, linksOf, updatedRow } from '../core/show.ts'
import { dealData } from './deal-custom-fields.ts'
import { dealStages, groupRow } from './deal-stages.ts'
import { dealDelete, deals, stubOf } from './deals.ts'

const shown = (row: Row, call: Call): JsonObject =>
  call.store.behaviour.deals ? fullRow(deals, row, call) : stubOf(row)

const list: Endpoint = {
  operation: 'deals.list',
  method: 'GET',
  path: 'deals',
  handle: (call) => {
    const { page, meta } = pageOfRows(deals, chosenRows(deals, call), call)
    return ok({ deals: page.map((row) => shown(row, call)), meta })
  },
}

const get: Endpoint = {
  operation: 'deals.get',
  method: 'GET',
  path: 'deals/:id',
  handle: (call) => ok({ deal: shown(rowOr404(deals, call, param(call, 'id')), call) }),
}

const contactOf = ({ store }: Call, row: Row): JsonObject => {
  const contact = store.contacts.get(text(row.contact))
  return contact === undefined ? {} : { contacts: [contactRow(store, contact)] }
}

const stageOf = ({ store }: Call, row: Row): JsonObject => {
  const stage = store.tables.dealStages.get(text(row.stage))
  if (stage === undefined) return {}
  return { dealStages: [{ ...stage, links: linksOf(store, 'dealStages', stage.id, dealStages.links) }] }
}

/** Writes the inline `fields` of a deal body; they come back with the deal's id. */
function writeFields(call: Call, row: Row, sent: JsonObject): JsonObject {
  const fields = objectsAt(sent, 'fields').map((field): JsonObject => {
    writeCustomValue(dealData, call, row.id, field)
    return { ...field, dealId: row.id }
  })
  return { fields, customFieldSaveStatus: { status: 'success' } }
}

const generated = [
  'cdate',
  'mdate',
  'description',
  'organization',
  'nextdate',
  'nextdealid',
  'hash',
  'winProbability',
  'winProbabilityMdate',
  'account',
  'customerAccount',
  'owner',
  'group',
]

const create: Endpoint = {
  operation: 'deals.create',
  method: 'POST',
  path: 'deals',
  handle: (call) => {
    const sent = sentRow(deals, call)
    const row = createRow(deals, call, sent)
    const echoed = createdRow(deals, row, sent, call)
    return created({
      ...contactOf(call, row),
      dealGroups: groupRow(call.store, text(row.group)),
      ...stageOf(call, row),
      deal: {
        ...pick(row, generated),
        ...echoed,
        nextdealid: '0',
        value: sent.value ?? 0,
        // A stage the service chose itself comes back as a number (recorded).
        stage: text(sent.stage) === '' ? Number(row.stage) : (sent.stage ?? null),
        status: 0,
        ...pick(sent, ['status']),
        ...writeFields(call, row, sent),
        isDisabled: false,
      },
    })
  },
}

const update = (method: 'PUT' | 'PATCH'): Endpoint => ({
  operation: 'deals.update',
  method,
  path: 'deals/:id',
  handle: (call) => {
    const sent = sentRow(deals, call)
    const row = updateRow(deals, call, rowOr404(deals, call, param(call, 'id')), sent)
    return ok({
      ...('contact' in sent ? contactOf(call, row) : {}),
      ...stageOf(call, row),
      deal: {
        ...updatedRow(deals, row, sent, call),
        ...pick(sent, ['value']),
        status: Number(row.status),
        ...pick(sent, ['status']),
        ...writeFields(call, row, sent),
      },
    })
  },
})

/** Gives many deals another owner: `{deals: [{id, ownerId}]}`. */
const bulkUpdate: Endpoint = {
  operation: 'deals.bulkUpdate',
  method: 'PATCH',
  path: 'deals/bulkUpdate',
  handle: (call) => {
    const sent = objectsAt(call.body, 'deals').filter(isJsonObject)
    for (const { id, ownerId } of sent) {
      if (text(ownerId) === '' || call.store.tables.users.get(text(ownerId)) === undefined) {
        throw problem(422, `ownerId is required for a deal '${text(id)}'.`)
      }
    }
    const rows = sent.map(({ id, ownerId }) =>
      updateRow(deals, call, rowOr404(deals, call, text(id)), { owner: text(ownerId) }),
    )
    return ok({ message: `Deals with id(s): ${rows.map(({ id }) => id).join(', ')} successfully updated.` })
  },
}

export const dealEndpoints: readonly Endpoint[] = [
  bulkUpdate,
  list,
  get,
  create,
  update('PUT'),
  update('PATCH'),
  ...dealDelete,
]
