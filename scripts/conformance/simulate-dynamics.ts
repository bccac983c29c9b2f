import type { JsonValue } from '@dynacamp/simulators'
import { impliedBatch } from './batch.ts'
import type { SimulatedAnswer } from './check-simulator.ts'
import { type Caller, createDynamicsEnvironment, type DynamicsEnvironment } from './dynamics-environment.ts'
import { type DynamicsRequest, dynamicsRequest } from './dynamics-request.ts'
import { RowLoader, type TableNames } from './dynamics-rows.ts'
import type { Exchange } from './exchange.ts'
import { impliedByFilter, type RelatedCondition, relatedByFilter } from './implied-by-filter.ts'
import { isList, isObject, type JsonObject, objectsOf } from './json.ts'
import { parseBatch } from './multipart.ts'

/** Sends the recorded request to an environment in which what the answer speaks of is the case. */
export async function simulateDynamics(exchange: Exchange): Promise<SimulatedAnswer> {
  const { status } = exchange.response
  const told = JSON.stringify(exchange.response.body)
  // The simulator's choice where the public record has both.
  const environment = await createDynamicsEnvironment({
    ...(/duplicate/i.test(told) && status === 500 ? { duplicateStatus: status } : {}),
    ...(/not found for the segment/i.test(told) && status === 400 ? { unknownSetStatus: status } : {}),
  })
  const request = dynamicsRequest(exchange)
  const state = new State(environment, request, exchange)
  await state.fit()
  const headers = new Headers(request.headers)
  let { body } = request
  if (request.path === '$batch') {
    body ??= impliedBatch(exchange)
    const boundary = /^\s*--([^\r\n]+)/.exec(String(body))?.[1] ?? ''
    headers.set('content-type', `multipart/mixed; boundary=${boundary}`)
  }
  const pageSize = state.impliedPageSize()
  if (pageSize !== undefined) headers.append('prefer', `odata.maxpagesize=${pageSize}`)
  const path =
    (await state.continuation()) ??
    (request.queryText === '' ? request.path : `${request.path}?${request.queryText}`)
  if (status === 304) headers.set('if-none-match', await state.etag())
  return environment.send({ method: request.method, path, headers, body, caller: callerOf(exchange) })
}

function callerOf({ response: { status, body } }: Exchange): Caller {
  if (status === 401) return 'stranger'
  return status === 403 && /0x80040220|missing prv/i.test(JSON.stringify(body))
    ? 'powerless'
    : 'administrator'
}

/** What must be the case for a recorded answer. */
class State {
  readonly #environment: DynamicsEnvironment
  readonly #request: DynamicsRequest
  readonly #exchange: Exchange
  readonly #loader: RowLoader

  constructor(environment: DynamicsEnvironment, request: DynamicsRequest, exchange: Exchange) {
    this.#environment = environment
    this.#request = request
    this.#exchange = exchange
    this.#loader = new RowLoader(environment)
  }

  async fit(): Promise<void> {
    const { response } = this.#exchange
    const { simulator } = this.#environment
    const { status } = response
    const isOutage = status === 429 || (status >= 500 && !/duplicate/i.test(JSON.stringify(response.body)))
    if (isOutage) simulator.faults.next({ kind: 'status', status, retryAfter: 1 })
    this.#fitDefinition(response.body)
    if (this.#isAboutMissing()) return this.#fitParts()
    for (const value of Object.values(this.#request.query)) {
      await this.#loader.insertByUrl(/[a-z_\d]+\([0-9a-f-]{36}\)/i.exec(value ?? '')?.[0] ?? '')
    }
    if (!/^[a-z]/.test(this.#request.set)) {
      await this.#fitReferences(this.#request.body)
      return this.#fitParts()
    }
    const rows = this.#recordedRows()
    const table = this.#loader.table(this.#request.set, this.#request.below === '' ? (rows[0] ?? {}) : {})
    await this.#fitReferences(this.#request.body)
    if (this.#request.below !== '') return this.#fitRelated(table, rows)
    if (isObject(this.#request.body)) await this.#loader.addColumns(table, withoutBinds(this.#request.body))
    await this.#fitDuplicate(table)
    if (this.#request.query.$deltatoken !== undefined) return
    if (typeof this.#request.key === 'string') await this.#fitKeyed(table, this.#request.key, rows[0])
    else if (typeof this.#request.key === 'object') await this.#fitAlternateKey(table, this.#request.key)
    else if (this.#request.method === 'GET') await this.#fitList(table, rows)
  }

  /** Of the row that is read, as it is now. */
  async etag(): Promise<string> {
    const { body } = await this.#environment.send({ method: 'GET', path: this.#request.path })
    return isObject(body) ? String(body['@odata.etag']) : ''
  }

  /** Paging and change feeds go on from links that only the service can make. */
  async continuation(): Promise<string | undefined> {
    const { query } = this.#request
    if (query.$skiptoken !== undefined) return this.#secondPage()
    return query.$deltatoken === undefined ? this.#definition() : this.#laterChanges()
  }

  /** Metadata ids are an environment's own: definitions are asked for by the names that the answer tells. */
  async #definition(): Promise<string | undefined> {
    const { method, set, path, queryText } = this.#request
    if (method !== 'GET' || set !== 'EntityDefinitions') return undefined
    const [, key = '', below = '', column = '', rest = ''] =
      /^EntityDefinitions\(([0-9a-f-]{36})\)(\/Attributes)?(?:\(([0-9a-f-]{36})\))?(.*)$/i.exec(path) ?? []
    if (key === '') return undefined
    const told = this.#recordedRows()[0]?.LogicalName
    const tables = this.#environment.simulator.tables()
    const isTold = below === '' && tables.some(({ logicalName }) => logicalName === told)
    const table = `EntityDefinitions(LogicalName='${isTold ? String(told) : 'account'}')`
    const name = column === '' ? '' : `(LogicalName='${await this.#columnOf(`${table}${below}${rest}`)}')`
    return `${table}${below}${name}${rest}${queryText === '' ? '' : `?${queryText}`}`
  }

  async #columnOf(path: string): Promise<string> {
    const { body } = await this.#environment.send({ method: 'GET', path: `${path}?$select=LogicalName` })
    return isObject(body) ? String(objectsOf(body.value)[0]?.LogicalName) : ''
  }

  /** The page size of a recorded page that goes on, where the documentation leaves out who asked for it. */
  impliedPageSize(): number | undefined {
    const { query, prefer } = this.#request
    if (!this.#goesOn() || query.$skiptoken !== undefined || prefer.pageSize !== undefined) return undefined
    return this.#recordedRows().length
  }

  #goesOn(): boolean {
    const { body } = this.#exchange.response
    return isObject(body) && body['@odata.nextLink'] !== undefined
  }

  /** A 404 for the row itself, or a set that no environment has. */
  #isAboutMissing(): boolean {
    const { status, body } = this.#exchange.response
    return status === 404 || (status >= 400 && /not found for the segment/i.test(JSON.stringify(body)))
  }

  #recordedRows(): readonly JsonObject[] {
    const { body } = this.#exchange.response
    if (!isObject(body) || body.error !== undefined) return []
    return isList(body.value) ? objectsOf(body.value) : [body]
  }

  /** A table that the answer describes. */
  #fitDefinition(body: JsonValue): void {
    if (!isObject(body) || this.#request.set !== 'EntityDefinitions') return
    const { EntitySetName: set, PrimaryIdAttribute: key } = body
    if (typeof set === 'string') this.#loader.table(set, typeof key === 'string' ? { [key]: null } : {})
  }

  async #fitKeyed(table: TableNames, id: string, recorded: JsonObject | undefined): Promise<void> {
    const { method, headers } = this.#request
    const { status } = this.#exchange.response
    // 201, or a create-only PATCH that succeeded: the row was not there.
    const creates = status === 201 || (headers.get('if-none-match') === '*' && status < 400)
    if (method === 'PATCH' && creates) return
    await this.#insertWithExpanded(table, { ...recorded, [table.primaryId]: id })
  }

  async #fitList(table: TableNames, rows: readonly JsonObject[]): Promise<void> {
    const filter = this.#request.query.$filter ?? ''
    const implied = impliedByFilter(filter)
    for (const row of rows) {
      const id = await this.#insertWithExpanded(table, { ...implied, ...row })
      for (const condition of relatedByFilter(filter)) await this.#relate(table, id, condition)
    }
    if (this.#goesOn()) await this.#loader.insert(table, { ...rows[0], [table.primaryId]: null })
    // Which messages a table knows follows from the table.
    const of = /primaryobjecttypecode eq '?([@\w]+)/.exec(this.#request.query.$filter ?? '')?.[1] ?? ''
    const name = (this.#request.query[of] ?? of).replaceAll("'", '')
    if (name !== '') this.#loader.table(`${name}s`)
  }

  async #fitAlternateKey(table: TableNames, key: Readonly<Record<string, string | number>>): Promise<void> {
    const { simulator } = this.#environment
    await this.#loader.addColumns(table, key)
    simulator.defineKey(table.logicalName, 'recorded', Object.keys(key))
    simulator.insert(table.logicalName, key)
  }

  /** A row, and what its expanded collections show. */
  async #insertWithExpanded(table: TableNames, row: JsonObject): Promise<string> {
    const id = await this.#loader.insert(table, row)
    for (const [name, value] of Object.entries(row)) {
      if (isList(value)) await this.#link(table, id, name, objectsOf(value))
    }
    return id
  }

  /** A related row that a filter asks for. */
  async #relate(table: TableNames, id: string, { property, isCollection, row }: RelatedCondition) {
    if (isCollection) return this.#link(table, id, property, [row])
    const { simulator } = this.#environment
    const [name] = await this.#loader.targets(table, `_${property}_value`)
    const target = simulator.tables().find(({ logicalName }) => logicalName === name)
    if (target === undefined) return
    const related = await this.#loader.insert(target, row)
    simulator.update(table.logicalName, id, { [`_${property}_value`]: related })
  }

  /** Rows of a bulk message: those with an id are there, unless they are to be created. */
  async #fitTargets(table: TableNames): Promise<void> {
    const { body, below } = this.#request
    for (const target of isObject(body) ? objectsOf(body.Targets) : []) {
      await this.#loader.addColumns(table, withoutBinds(target))
      await this.#fitReferences(target)
      const { [table.primaryId]: id } = target
      if (typeof id === 'string' && !below.endsWith('CreateMultiple'))
        await this.#loader.insert(table, { [table.primaryId]: id })
    }
  }

  async #fitRelated(table: TableNames, rows: readonly JsonObject[]): Promise<void> {
    const { key, below, body, method } = this.#request
    if (typeof key !== 'string') return this.#fitTargets(table)
    await this.#loader.insert(table, { [table.primaryId]: key, ...this.#shownBelow(rows[0]) })
    if (below.startsWith('Microsoft.Dynamics.CRM.Retrieve')) await this.#fitPrincipal(table, key)
    const removed = this.#request.query.$id
    if (removed !== undefined)
      await this.#link(table, key, below.split('/')[0] ?? '', [{ '@odata.id': removed }])
    const [, collection = '', child] = /^([\w]+)(?:\(([^)]+)\))?/.exec(below) ?? []
    if (method === 'GET' && !isColumnRead(below)) await this.#link(table, key, collection, rows)
    if (child !== undefined) {
      const related = await this.#childTable(table, collection)
      if (related) await this.#link(table, key, collection, [{ [related.primaryId]: child }])
    }
    await this.#fitReferences(body)
  }

  /** What an answer shows of a row's one column: its value, or the row that its lookup points to. */
  #shownBelow(recorded: JsonObject | undefined): JsonObject {
    const { below } = this.#request
    const [column = '', suffix] = below.split('/')
    const { body } = this.#exchange.response
    if (!isColumnRead(column)) return {}
    if (suffix === '$value') return { [column]: /^-?[\d.]+$/.test(String(body)) ? Number(body) : body }
    const isValue = isObject(body) && 'value' in body
    return { [column]: (isValue ? body.value : recorded) ?? null }
  }

  /** Somebody whose privileges are asked for has some. */
  async #fitPrincipal({ entitySetName }: TableNames, key: string): Promise<void> {
    if (entitySetName !== 'systemusers') return
    const { simulator, send } = this.#environment
    // A role goes to users of its own business unit.
    const unit = simulator.row('role', simulator.administratorRoleId)?._businessunitid_value
    simulator.update('systemuser', key, { _businessunitid_value: unit ?? null })
    const role = `${simulator.baseUrl}${simulator.apiPath}/roles(${simulator.administratorRoleId})`
    const path = `systemusers(${key})/systemuserroles_association/$ref`
    await send({ method: 'POST', path, body: { '@odata.id': role } })
  }

  /** Rows that a collection shows, related to its parent through the API itself. */
  async #link(
    parent: TableNames,
    id: string,
    collection: string,
    rows: readonly JsonObject[],
  ): Promise<void> {
    for (const row of rows) {
      const url = row['@odata.id']
      const table =
        typeof url === 'string'
          ? undefined
          : (this.#loader.tableOf(row) ?? (await this.#childTable(parent, collection)))
      const childId =
        typeof url === 'string'
          ? await this.#loader.insertByUrl(url)
          : table && (await this.#loader.insert(table, row))
      const set = typeof url === 'string' ? /([a-z_\d]+)\([^)]*\)$/i.exec(url)?.[1] : table?.entitySetName
      const { simulator, send } = this.#environment
      const target = `${simulator.baseUrl}${simulator.apiPath}/${set}(${childId})`
      await send({
        method: 'POST',
        path: `${parent.entitySetName}(${id})/${collection}/$ref`,
        body: { '@odata.id': target },
      })
    }
  }

  async #childTable({ logicalName }: TableNames, collection: string): Promise<TableNames | undefined> {
    const path = `EntityDefinitions(LogicalName='${logicalName}')/OneToManyRelationships?$select=SchemaName,ReferencingEntity`
    const { body } = await this.#environment.send({ method: 'GET', path })
    const relationships = isObject(body) ? objectsOf(body.value) : []
    const child = relationships.find(({ SchemaName: name }) => name === collection)?.ReferencingEntity
    return this.#environment.simulator.tables().find((table) => table.logicalName === child)
  }

  /** Rows that a body points to: `x@odata.bind`, `@odata.id`, and parameters of an action that are rows. */
  async #fitReferences(body: JsonValue): Promise<void> {
    if (isList(body)) for (const item of body) await this.#fitReferences(item)
    if (!isObject(body)) return
    for (const [name, value] of Object.entries(body)) {
      if (isList(value)) await this.#fitReferences(value)
      if (typeof value === 'string' && /@odata\.(?:bind|id)$/.test(name))
        await this.#loader.insertByUrl(value)
      if (!isObject(value)) continue
      await this.#fitReferences(value)
      const table = value['@odata.type'] === undefined ? undefined : this.#loader.tableOf(value)
      if (table) await this.#loader.insert(table, { [table.primaryId]: value[table.primaryId] ?? null })
    }
  }

  /** A duplicate needs a published rule and a row that it strikes. */
  async #fitDuplicate(table: TableNames): Promise<void> {
    const { response } = this.#exchange
    const { body } = this.#request
    if (response.status < 400 || !isObject(body)) return
    const isTaken = response.status === 412 && body[table.primaryId] !== undefined
    if (isTaken && this.#request.key === undefined) await this.#loader.insert(table, body)
    if (!/duplicate/i.test(JSON.stringify(response.body))) return
    this.#environment.simulator.defineDuplicateRule({ table: table.logicalName, columns: Object.keys(body) })
    await this.#loader.insert(table, body)
  }

  /** What the requests inside a batch are about. */
  async #fitParts(): Promise<void> {
    const { body } = this.#request
    if (typeof body !== 'string') return
    for (const part of parseBatch(body).flatMap((each) => ('changeSet' in each ? each.changeSet : [each]))) {
      if (part.body !== '') await this.#fitReferences(JSON.parse(part.body))
      const [, url = ''] = part.start.split(' ')
      await this.#loader.insertByUrl(/[a-z_\d]+\([0-9a-f-]{36}\)/i.exec(url)?.[0] ?? '')
    }
  }

  async #secondPage(): Promise<string | undefined> {
    const { set, prefer, queryText } = this.#request
    const rows = this.#recordedRows()
    const table = this.#loader.table(set, rows[0])
    const size = prefer.pageSize ?? rows.length
    // A page before the recorded one, and one after it where the recording goes on.
    const isLast = !this.#goesOn()
    for (
      let count = rows.length;
      count < (isLast ? 1 : 2) * size + 1 || count < size + rows.length;
      count += 1
    ) {
      await this.#loader.insert(table, { ...rows[0], [table.primaryId]: null })
    }
    const headers = new Headers(this.#request.headers)
    headers.set(
      'prefer',
      [headers.get('prefer'), `odata.maxpagesize=${size}`].filter((part) => part !== null).join(','),
    )
    const query = queryText.split('&').filter((part) => !part.startsWith('$skiptoken'))
    return this.#linkIn('@odata.nextLink', `${set}?${query.join('&')}`, headers)
  }

  async #laterChanges(): Promise<string | undefined> {
    const { set, query, below } = this.#request
    const { simulator } = this.#environment
    const rows = this.#recordedRows()
    const table = this.#loader.table(set, rows[0])
    const gone = rows.flatMap(({ id, reason }) =>
      reason === 'deleted' && typeof id === 'string' ? [id] : [],
    )
    for (const id of gone) await this.#loader.insert(table, { [table.primaryId]: id })
    const headers = new Headers({ prefer: 'odata.track-changes' })
    const link = await this.#linkIn(
      '@odata.deltaLink',
      `${set}?$select=${query.$select ?? table.primaryId}`,
      headers,
    )
    for (const row of rows) if (row.reason === undefined) await this.#loader.insert(table, row)
    for (const id of gone) simulator.remove(table.logicalName, id)
    // A change of the table's metadata is the end of all its tokens.
    if (this.#exchange.response.status >= 400)
      simulator.defineColumn(table.logicalName, { name: 'new_later', type: 'integer' })
    return below === '$count' ? link?.replace(`/${set}?`, `/${set}/$count?`) : link
  }

  async #linkIn(name: string, path: string, headers: Headers): Promise<string | undefined> {
    const { body } = await this.#environment.send({ method: 'GET', path, headers })
    const link = isObject(body) ? body[name] : undefined
    return typeof link === 'string' ? link : undefined
  }
}

/** `/accounts(id)/name`, and not a navigation property: the answer is the value itself. */
function isColumnRead(below: string): boolean {
  return /^[a-z_\d]+$/.test(below) && !below.includes('_')
}

function withoutBinds(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !name.includes('@')))
}
