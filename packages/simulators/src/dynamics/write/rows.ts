import { own } from '../../shared/own.ts'
import { badRequest, DataverseError, duplicateRecord, unknownProperty } from '../dataverse-error.ts'
import { toInstant } from '../odata/instant.ts'
import type { Column, Table } from '../schema/table.ts'
import { type Actor, demand, demandOn } from '../security/access.ts'
import { type Row, tableOf } from '../store/table-store.ts'
import { type Body, type BodyRules, parseBody, type Reference, setReference } from './body.ts'
import { compute, type Draft, put } from './computed.ts'
import { refuseInactive, stateOnCreate, stateOnUpdate } from './state.ts'
import { refuseDuplicateKeys, refuseRuledDuplicates } from './uniqueness.ts'

type Json = Readonly<Record<string, unknown>>

/** How a write is to be done. */
export interface WriteRules extends Pick<BodyRules, 'trusted' | 'resolveContentId'> {
  /** The id from the URL, when the body names none. */
  readonly id?: string
  /** Run the published duplicate rules. */
  readonly detectDuplicates?: boolean
}

const stamps = {
  created: { on: 'createdon', by: '_createdby_value', onBehalfOf: '_createdonbehalfby_value' },
  modified: { on: 'modifiedon', by: '_modifiedby_value', onBehalfOf: '_modifiedonbehalfby_value' },
} as const

const stamp = (actor: Actor, draft: Draft, made: 'created' | 'modified', trusted: boolean): void => {
  const { environment, caller } = actor
  const { on, by, onBehalfOf } = stamps[made]
  if (!trusted || draft[on] === undefined) draft[on] = toInstant(environment.clock.now())
  draft[by] = caller.userId
  draft[tableOf(by)] = 'systemuser'
  put(draft, onBehalfOf, caller.onBehalfOf)
  put(draft, tableOf(onBehalfOf), caller.onBehalfOf === undefined ? undefined : 'systemuser')
}

/** Puts a finished draft into the store under the next version; an activity shows up among all activities too. */
function save({ environment }: Actor, table: Table, id: string, draft: Draft): Row {
  const { store } = environment
  const version = store.nextVersion(Number(draft.versionnumber ?? 0))
  draft[table.primaryId] = id
  draft.versionnumber = version
  const row: Row = draft
  store.put(table.logicalName, id, row, version)
  if (table.activity && table.logicalName !== 'activitypointer') {
    const pointer = environment.schema.tables.get('activitypointer')
    const shared = Object.entries(row).filter(([name]) => pointer?.properties.has(name.split('@')[0] ?? ''))
    store.put('activitypointer', id, Object.fromEntries(shared), version)
  }
  return row
}

const applyValues = (draft: Draft, body: Body): ReadonlySet<string> => {
  for (const [name, value] of body.values) put(draft, name, value)
  return new Set(body.values.keys())
}

/** Columns that a new row gets a value for by itself, and how. Filled once per table. */
const defaults = new WeakMap<Table, { readonly columns: number; readonly filled: readonly Column[] }>()

const defaultsOf = (table: Table): readonly Column[] => {
  const known = defaults.get(table)
  if (known?.columns === table.columns.size) return known.filled
  const filled = [...table.columns.values()].filter(
    (column) => column.default !== undefined || column.generated === true,
  )
  defaults.set(table, { columns: table.columns.size, filled })
  return filled
}

/** Creates a row with everything nested in it; returns it. Call inside a transaction. */
export function createRow(actor: Actor, table: Table, json: Json, rules: WriteRules = {}): Row {
  const { environment } = actor
  const trusted = rules.trusted === true
  if (!trusted) demand(actor, 'Create', table)
  const body = parseBody(environment, table, json, { ...rules, operation: 'create' })
  const id = body.id ?? rules.id ?? environment.newId(table.logicalName)
  if (environment.store.table(table.logicalName).get(id) !== undefined) throw duplicateRecord()
  for (const nested of body.nested) {
    const row = createRow(actor, nested.table, nested.body, {
      ...rules,
      id: environment.newId(nested.table.logicalName),
    })
    setReference(body, nested.column, { table: nested.table, id: String(row[nested.table.primaryId]) })
  }
  const draft: Draft = {}
  applyValues(draft, body)
  for (const column of defaultsOf(table)) {
    if (own(draft, column.property) !== undefined) continue
    draft[column.property] = column.generated === true ? environment.sequentialId() : column.default
  }
  if (table.ownership === 'UserOwned' && table.columns.has('ownerid') && draft._ownerid_value === undefined) {
    draft._ownerid_value = actor.caller.userId
    draft[tableOf('_ownerid_value')] = 'systemuser'
  }
  stateOnCreate(table, id, draft, trusted)
  if (table.columns.has('createdon')) {
    stamp(actor, draft, 'created', trusted)
    stamp(actor, draft, 'modified', trusted)
    overrideCreatedOn(draft)
  }
  compute(environment, table, draft, trusted ? draft.fullname : undefined)
  refuseDuplicateKeys(environment, table, id, draft)
  if (rules.detectDuplicates === true) refuseRuledDuplicates(environment, table, id, draft)
  const row = save(actor, table, id, draft)
  if (table.logicalName === 'connection' && row._relatedconnectionid_value === undefined)
    reciprocate(actor, table, row)
  attach(actor, table, id, body, rules)
  return row
}

/** A connection has a twin that runs the other way; only one of the two is the master. */
function reciprocate(actor: Actor, table: Table, row: Row): void {
  const id = String(row.connectionid)
  const twin: Draft = {
    ...row,
    ismaster: false,
    _relatedconnectionid_value: id,
    '_relatedconnectionid_value@table': 'connection',
  }
  for (const part of ['id_value', 'id_value@table', 'roleid_value', 'roleid_value@table']) {
    put(twin, `_record1${part}`, row[`_record2${part}`])
    put(twin, `_record2${part}`, row[`_record1${part}`])
  }
  compute(actor.environment, table, twin)
  const twinId = actor.environment.newId('connection')
  save(actor, table, twinId, twin)
  save(actor, table, id, {
    ...row,
    ismaster: true,
    _relatedconnectionid_value: twinId,
    '_relatedconnectionid_value@table': 'connection',
  })
}

/** The date given for an import becomes the creation date; the real one stays beside it. */
function overrideCreatedOn(draft: Draft): void {
  if (draft.overriddencreatedon === undefined) return
  const real = draft.createdon
  draft.createdon = draft.overriddencreatedon
  draft.overriddencreatedon = real
}

/** Creates and links what a body has behind collections. */
function attach(actor: Actor, table: Table, id: string, body: Body, rules: WriteRules): void {
  const { id: _, ...inherited } = rules
  for (const { name, bodies } of body.children) {
    const target = collectionTarget(actor, table, name)
    for (const json of bodies) {
      const row = createRow(actor, target, json, inherited)
      associate(actor, table, id, name, { table: target, id: String(row[target.primaryId]) })
    }
  }
  for (const { name, references } of body.links) {
    for (const reference of references) associate(actor, table, id, name, reference)
  }
}

function collectionTarget({ environment }: Actor, table: Table, name: string): Table {
  const { schema } = environment
  const pair = schema.manyToManyOf(table.logicalName, name)
  const target =
    schema.collections(table.logicalName).get(name)?.table ??
    pair?.relationship[pair.side === 'first' ? 'second' : 'first'].table
  const found = schema.tables.get(target ?? '')
  if (found === undefined) throw unknownProperty(name, table.logicalName)
  return found
}

/** Changes a row; every column that is sent counts as changed, equal or not. */
export function updateRow(actor: Actor, table: Table, before: Row, json: Json, rules: WriteRules = {}): Row {
  const { environment } = actor
  const trusted = rules.trusted === true
  if (!trusted) demandOn(actor, 'Write', table, before)
  const id = String(before[table.primaryId])
  const body = parseBody(environment, table, json, { ...rules, operation: 'update' })
  for (const nested of body.nested) {
    const row = createRow(actor, nested.table, nested.body, {
      ...rules,
      id: environment.newId(nested.table.logicalName),
    })
    setReference(body, nested.column, { table: nested.table, id: String(row[nested.table.primaryId]) })
  }
  const { versionnumber: _, ...draft }: Draft = before
  const changed = applyValues(draft, body)
  stateOnUpdate(table, before, draft, changed)
  if (!trusted) refuseInactive(table, before, draft, changed)
  if (table.columns.has('modifiedon')) {
    if (!changed.has('modifiedon')) put(draft, 'modifiedon', undefined)
    stamp(actor, draft, 'modified', trusted)
  }
  compute(environment, table, draft)
  refuseDuplicateKeys(environment, table, id, draft)
  if (rules.detectDuplicates === true) refuseRuledDuplicates(environment, table, id, draft)
  const row = save(actor, table, id, draft)
  attach(actor, table, id, body, rules)
  return row
}

/** Deletes a row and, by the cascades of its relationships, deletes or unlinks what points to it. */
export function deleteRow(
  actor: Actor,
  table: Table,
  row: Row,
  rules: Pick<WriteRules, 'trusted'> = {},
): void {
  const { schema, store } = actor.environment
  const id = String(row[table.primaryId])
  if (store.table(table.logicalName).get(id) === undefined) return
  if (rules.trusted !== true) demandOn(actor, 'Delete', table, row)
  const version = store.nextVersion()
  store.put(table.logicalName, id, undefined, version)
  if (table.activity && table.logicalName !== 'activitypointer')
    store.put('activitypointer', id, undefined, version)
  for (const collection of schema.collections(table.logicalName).values()) {
    const { property, targets } = collection.column
    const onDelete = targets?.find((target) => target.table === table.logicalName)?.onDelete
    const child = schema.tables.get(collection.table)
    if (child === undefined) continue
    for (const childId of store.table(child.logicalName).matching(property, id)) {
      const related = store.table(child.logicalName).get(childId)
      if (related === undefined) continue
      if (onDelete === 'Cascade') deleteRow(actor, child, related, { trusted: true })
      else {
        const { versionnumber: _, [property]: __, [tableOf(property)]: ___, ...draft }: Draft = related
        save(actor, child, childId, draft)
      }
    }
  }
}

/** Puts a row behind a collection: by setting its lookup, or as a pair of a many-to-many relationship. */
export function associate(actor: Actor, table: Table, id: string, name: string, other: Reference): void {
  const { schema, store } = actor.environment
  const collection = schema.collections(table.logicalName).get(name)
  if (collection !== undefined) {
    const row = store.table(other.table.logicalName).get(other.id)
    if (row === undefined || other.table.logicalName !== collection.table)
      throw unknownProperty(name, table.logicalName)
    pointTo(actor, other.table, row, collection.column, { table, id })
    return
  }
  const pair = schema.manyToManyOf(table.logicalName, name)
  if (pair === undefined) throw unknownProperty(name, table.logicalName)
  const expected = pair.relationship[pair.side === 'first' ? 'second' : 'first'].table
  if (other.table.logicalName !== expected)
    throw badRequest(`'${other.table.entitySetName}' cannot be associated by '${name}'.`)
  refuseForeignRole(actor, table, id, name, other)
  const [first, second] = pair.side === 'first' ? [id, other.id] : [other.id, id]
  if (!store.link(pair.relationship.schemaName, first, second)) throw duplicateRecord()
}

/** A role exists once per business unit, and a user takes the copy of the own one. */
function refuseForeignRole(actor: Actor, table: Table, id: string, name: string, other: Reference): void {
  const { store, behaviour } = actor.environment
  if (name !== 'systemuserroles_association' || behaviour.roleOfOtherBusinessUnit === 'accepted') return
  const [userId, roleId] = table.logicalName === 'role' ? [other.id, id] : [id, other.id]
  const unit = store.table('systemuser').get(userId)?._businessunitid_value
  const role = store.table('role').get(roleId)
  if (role?._businessunitid_value === unit) return
  throw new DataverseError(
    400,
    '0x80041d0c',
    'RoleNotInBusinessUnit',
    'The specified role is not in the same business unit as the user or team.',
  )
}

/** Takes a row from behind a collection; nothing happens when it was not there. */
export function disassociate(actor: Actor, table: Table, id: string, name: string, otherId: string): void {
  const { schema, store } = actor.environment
  const collection = schema.collections(table.logicalName).get(name)
  if (collection !== undefined) {
    const child = schema.tables.get(collection.table)
    const row = store.table(collection.table).get(otherId)
    if (child !== undefined && row?.[collection.column.property] === id) {
      pointTo(actor, child, row, collection.column, undefined)
    }
    return
  }
  const pair = schema.manyToManyOf(table.logicalName, name)
  if (pair === undefined) throw unknownProperty(name, table.logicalName)
  const [first, second] = pair.side === 'first' ? [id, otherId] : [otherId, id]
  store.unlink(pair.relationship.schemaName, first, second)
}

/** Sets one lookup of a row. */
export function pointTo(
  actor: Actor,
  table: Table,
  row: Row,
  column: Column,
  target: Reference | undefined,
): void {
  demandOn(actor, 'Write', table, row)
  const { versionnumber: _, modifiedon: __, ...draft }: Draft = row
  const body = { values: new Map<string, string | undefined>() }
  setReference(body, column, target)
  for (const [name, value] of body.values) put(draft, name, value)
  if (table.columns.has('modifiedon')) stamp(actor, draft, 'modified', false)
  compute(actor.environment, table, draft)
  save(actor, table, String(row[table.primaryId]), draft)
}
