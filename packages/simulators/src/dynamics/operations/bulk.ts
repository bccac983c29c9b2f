import type { Answer } from '../../shared/exchange.ts'
import { isObject, jsonBody, noContent, odataAnswer } from '../call.ts'
import { badPayload, DataverseError } from '../dataverse-error.ts'
import { findRow, parseKey } from '../read/key.ts'
import type { Table } from '../schema/table.ts'
import { rulesOf, type WriteCall, without } from '../write/requests.ts'
import { createRow, updateRow } from '../write/rows.ts'

type Target = Readonly<Record<string, unknown>>

/** `Targets` of a bulk message; each must say what it is. */
function targetsOf(call: WriteCall, table: Table): readonly Target[] {
  const { Targets } = jsonBody(call)
  if (!Array.isArray(Targets)) throw badPayload(table.entitySetName, "The parameter 'Targets' is missing.")
  return Targets.map((target: unknown) => {
    const type = isObject(target) ? target['@odata.type'] : undefined
    if (!isObject(target) || typeof type !== 'string') {
      throw badPayload(
        table.entitySetName,
        "A type named '' could not be resolved by the model. When a model is available, each type name must resolve to a valid type: every target needs an @odata.type.",
      )
    }
    if (type.replace(/^#/, '') !== `Microsoft.Dynamics.CRM.${table.logicalName}`) {
      throw badPayload(
        table.entitySetName,
        `A target of type '${type}' does not belong to '${table.entitySetName}'.`,
      )
    }
    return target
  })
}

function createMultiple(call: WriteCall, table: Table): Answer {
  const ids = targetsOf(call, table).map(
    (target) => createRow(call, table, target, rulesOf(call))[table.primaryId],
  )
  return odataAnswer(call, 200, {
    '@odata.context': `${call.root}/$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse`,
    Ids: ids,
  })
}

const missing = (table: Table, id: string): DataverseError =>
  new DataverseError(
    404,
    '0x80040217',
    'ObjectDoesNotExist',
    `${table.schemaName} With Ids = ${id} Do Not Exist`,
  )

function updateMultiple(call: WriteCall, table: Table): Answer {
  for (const target of targetsOf(call, table)) {
    const id = String(target[table.primaryId] ?? '')
    const row = call.environment.store.table(table.logicalName).get(id.toLowerCase())
    if (row === undefined) throw missing(table, id)
    updateRow(call, table, row, target, rulesOf(call))
  }
  return noContent()
}

/** A target addresses its row by `@odata.id`, an alternate key perhaps, or by its primary key as a property. */
function upsertMultiple(call: WriteCall, table: Table): Answer {
  for (const target of targetsOf(call, table)) {
    const address = target['@odata.id']
    const text =
      typeof address === 'string'
        ? (/\((.*)\)$/.exec(address)?.[1] ?? '')
        : String(target[table.primaryId] ?? '')
    if (text === '') {
      createRow(call, table, target, rulesOf(call))
      continue
    }
    const key = parseKey(table, text)
    const row = findRow(call.environment, table, key)
    const values = key.kind === 'alternate' ? key.values : { [table.primaryId]: key.id }
    if (row === undefined) createRow(call, table, { ...values, ...target }, rulesOf(call))
    else updateRow(call, table, row, without(target, Object.keys(values)), rulesOf(call))
  }
  return noContent()
}

const notImplemented = (): never => {
  throw new DataverseError(
    501,
    '0x80040216',
    'NotImplemented',
    'DeleteMultiple has not yet been implemented.',
  )
}

/** Messages bound to an entity set. One call, one transaction: any error undoes all of it. */
export const collectionActions: Readonly<Partial<Record<string, (call: WriteCall, table: Table) => Answer>>> =
  {
    CreateMultiple: createMultiple,
    UpdateMultiple: updateMultiple,
    UpsertMultiple: upsertMultiple,
    DeleteMultiple: notImplemented,
  }
