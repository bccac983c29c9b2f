import { type ApiCall, type CallOptions, type Connection, type Deletion, decodeOne } from '../connection.ts'
import type { RowProblem } from '../error.ts'
import { type DecodedPage, decodeRows, type RowSource, sideLoad } from '../paging/decode-rows.ts'
import { listByOffset } from '../paging/list-by-offset.ts'
import type { PagedList } from '../paging/paged-list.ts'
import { path } from '../path.ts'
import {
  type Field,
  type FieldDefinition,
  type FieldType,
  fieldOptionRow,
  fieldRelationRow,
  fieldRow,
} from './field.ts'

/** What to write of a custom field. */
export interface FieldInput {
  readonly title: string
  readonly type: FieldType
  readonly descript?: string | undefined
  /** Made of the title when left out; the service upper-cases it and drops blanks. */
  readonly perstag?: string | undefined
  readonly defval?: string | undefined
  readonly visible?: boolean | undefined
  readonly ordernum?: number | undefined
}

/** Custom fields of contacts. @see https://developers.activecampaign.com/reference/retrieve-fields */
export class Fields {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * All custom fields with their choices and relations.
   *
   * Endpoint: `GET /fields`, one call per 100 fields.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function fieldByTag(client: ActiveCampaignClient, perstag: string) {
   *   const fields = await client.fields.list().toArray()
   *   return fields.find((field) => field.perstag === perstag)
   * }
   * ```
   */
  list(options?: CallOptions): PagedList<FieldDefinition> {
    const call = { operation: 'fields.list', path: 'fields', options }
    return listByOffset(this.#connection, { ...call, decode: (answer) => decodeFields(call, answer) })
  }

  /**
   * One custom field with its choices and relations.
   *
   * Endpoint: `GET /fields/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function choicesOf(client: ActiveCampaignClient, id: string) {
   *   return (await client.fields.get(id)).options.map((option) => option.value)
   * }
   * ```
   */
  async get(id: string, options?: CallOptions): Promise<FieldDefinition> {
    const call: ApiCall = { operation: 'fields.get', method: 'GET', path: path`fields/${id}`, options }
    const { body } = await this.#connection.send(call)
    return readDefinitions(call, body).define(decodeOne(call, 'field', fieldRow, body))
  }

  /**
   * Makes a custom field. It shows in the app once it has a relation, see `fieldRelations.create`; fields of choices get
   * theirs by `fieldOptions.create`.
   *
   * Endpoint: `POST /fields`, one call, never repeated when its outcome is unknown.
   *
   * @throws ActiveCampaignError `duplicate` when the title is taken
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function addField(client: ActiveCampaignClient) {
   *   const field = await client.fields.create({ title: 'Job title', type: 'text' })
   *   return field.perstag // 'JOB_TITLE'
   * }
   * ```
   */
  create(field: FieldInput, options?: CallOptions): Promise<Field> {
    const call: ApiCall = {
      operation: 'fields.create',
      method: 'POST',
      path: 'fields',
      json: { field },
      options,
    }
    return this.#connection.one(call, 'field', fieldRow)
  }

  /**
   * Changes the keys given.
   *
   * Endpoint: `PUT /fields/{id}`, one call.
   *
   * @throws ActiveCampaignError `not-found`
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function retitle(client: ActiveCampaignClient, id: string) {
   *   await client.fields.update(id, { title: 'Role' })
   * }
   * ```
   */
  update(id: string, field: Partial<FieldInput>, options?: CallOptions): Promise<Field> {
    const call: ApiCall = {
      operation: 'fields.update',
      method: 'PUT',
      path: path`fields/${id}`,
      json: { field },
      options,
    }
    return this.#connection.one(call, 'field', fieldRow)
  }

  /**
   * Deletes a custom field and its values on all contacts.
   *
   * Endpoint: `DELETE /fields/{id}`, one call.
   *
   * @example
   * ```ts
   * import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
   *
   * async function remove(client: ActiveCampaignClient, id: string) {
   *   await client.fields.delete(id)
   * }
   * ```
   */
  delete(id: string, options?: CallOptions): Promise<Deletion> {
    return this.#connection.delete('fields.delete', path`fields/${id}`, options)
  }
}

interface Definitions {
  readonly define: (field: Field) => FieldDefinition
  readonly problems: readonly RowProblem[]
}

/** Choices and relations are sent along with fields, not inside them. */
function readDefinitions(source: RowSource, answer: unknown): Definitions {
  const options = sideLoad(source, 'fieldOptions', fieldOptionRow, answer)
  const relations = sideLoad(source, 'fieldRels', fieldRelationRow, answer)
  return {
    define: (field) => ({
      ...field,
      options: options.rows.filter((option) => option.field === field.id),
      relations: relations.rows.filter((relation) => relation.field === field.id),
    }),
    problems: [...options.problems, ...relations.problems],
  }
}

function decodeFields(source: RowSource, answer: unknown): DecodedPage<FieldDefinition> {
  const fields = decodeRows(source, 'fields', fieldRow, answer)
  const { define, problems } = readDefinitions(source, answer)
  return { ...fields, rows: fields.rows.map(define), problems: [...fields.problems, ...problems] }
}
