import { read } from '../codec/codec.ts'
import { precisionOf } from '../codec/column-codec.ts'
import { pairConversion } from '../codec/pair.ts'
import { emailText, fold } from '../codec/text-codecs.ts'
import type { Fields } from '../codec/value.ts'
import {
  type ActiveCampaignCriteria,
  compileActiveCampaignCriteria,
  compileDynamicsCriteria,
} from '../criteria/compile-criteria.ts'
import { parseWhere } from '../criteria/parse-where.ts'
import { inboundSubjects } from '../criteria/subjects.ts'
import {
  type EntityDefinition,
  entityOf,
  type MatchPair,
  type SyncDefinition,
} from '../definition/definition.ts'
import type { FieldMapping } from '../definition/field-mapping.ts'
import { objectField } from '../definition/object-field.ts'
import type { Column } from '../schema/column.ts'
import { type EntityName, placeOf } from '../schema/entity.ts'
import type { Field } from '../schema/field.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { bindTransforms } from '../transform/apply-transforms.ts'
import type { Registry } from '../transform/transform.ts'
import { accountRelation } from './account-relation.ts'
import type {
  CompiledEntity,
  CompiledField,
  CompiledObject,
  CompiledRelation,
  MatchRule,
} from './compiled.ts'
import { conflictOf } from './conflict-of.ts'
import { relationReader, relationWriter } from './read-relation.ts'
import { columnsToSelect, isReference, rowReader, rowWriter } from './read-row.ts'
import { withinAccess } from './within-access.ts'

/** What an entity is compiled from. */
export interface EntitySource {
  readonly name: EntityName
  readonly entity: EntityDefinition
  readonly definition: SyncDefinition
  readonly schema: Schema
  readonly registry: Registry | undefined
}

/** A mapping with the two types it joins. */
export interface TypedMapping {
  readonly mapping: FieldMapping
  readonly column: Column
  readonly field: Field
}

/** The mappings of an entity, each with its types; what the schema does not have is left to the checks. */
export const typedMappings = ({
  name,
  entity,
  schema,
}: Pick<EntitySource, 'name' | 'entity' | 'schema'>): readonly TypedMapping[] =>
  entity.fields.flatMap((mapping) => {
    const column = columnsFor(schema, name)[mapping.dynamics]
    const field =
      name === 'opportunities'
        ? objectField(mapping, column)
        : fieldsFor(schema, name)[mapping.activeCampaign]
    return column === undefined || field === undefined ? [] : [{ mapping, column, field }]
  })

const compileField = (
  { mapping, column, field }: TypedMapping,
  source: EntitySource,
): readonly CompiledField[] => {
  const conversion = pairConversion(column, field, placeOf[source.name], {
    table: mapping.choices ?? {},
    via: bindTransforms(mapping.via ?? [], source.registry),
  })
  if (conversion === undefined || field.type === 'account' || mapping.enabled === false) return []
  const direction = mapping.direction ?? source.entity.direction
  return [
    {
      key: `${mapping.dynamics}:${mapping.activeCampaign}`,
      dynamics: mapping.dynamics,
      activeCampaign: mapping.activeCampaign,
      direction,
      conflict: mapping.conflict ?? conflictOf(direction),
      blank: mapping.blank ?? source.definition.blank,
      sensitive: mapping.sensitive ?? false,
      ...withinAccess(conversion, column),
    },
  ]
}

const keyOf =
  (name: string, asEmail: boolean) =>
  (fields: Fields): string | undefined => {
    const value = fields[name]
    if (typeof value !== 'string' || value.trim() === '') return undefined
    if (!asEmail) return fold(value)
    const email = read(emailText, value)
    return email._tag === 'Left' ? undefined : email.right.toLowerCase()
  }

/** What records of an entity are recognised by when the definition says nothing. */
const defaultMatch = ({ name, entity }: Pick<EntitySource, 'name' | 'entity'>): readonly MatchPair[] => {
  const by = name === 'accounts' ? 'name' : name === 'opportunities' ? undefined : 'email'
  return entity.fields
    .filter(({ activeCampaign }) => activeCampaign === by)
    .slice(0, 1)
    .map(({ dynamics, activeCampaign }) => ({ dynamics, activeCampaign }))
}

const compileMatch = (source: EntitySource): readonly MatchRule[] => {
  const pairs = source.entity.match.length === 0 ? defaultMatch(source) : source.entity.match
  return pairs.map(({ dynamics, activeCampaign }) => ({
    dynamics,
    activeCampaign,
    dynamicsKey: keyOf(dynamics, activeCampaign === 'email'),
    activeCampaignKey: keyOf(activeCampaign, activeCampaign === 'email'),
  }))
}

const scaleOf = (column: Column): number =>
  column.type === 'money' || column.type === 'decimal' || column.type === 'float' ? precisionOf(column) : 0

const compileObject = (source: EntitySource, typed: readonly TypedMapping[]): CompiledObject | undefined => {
  const { opportunities } = source.definition
  if (source.name !== 'opportunities' || opportunities === undefined) return undefined
  return {
    slug: opportunities.object,
    fields: typed.map(({ mapping, column, field }) => ({
      id: mapping.activeCampaign,
      field,
      required: mapping.required ?? false,
      scale: field.type === 'number' ? scaleOf(column) : null,
    })),
  }
}

/** Columns that policies look at. */
const policyColumns = ({ definition, entity, name, schema }: EntitySource): readonly string[] => {
  const columns = columnsFor(schema, name)
  const consent = name === 'leads' || name === 'contacts' ? definition.optOut.columns : []
  const wanted = [
    'statecode',
    'modifiedon',
    ...(definition.optOut.direction === 'off' ? [] : consent),
    ...(entity.sharedEmail === 'oldest' ? ['createdon'] : []),
    ...(name === 'opportunities' ? ['parentcontactid', 'customerid', 'originatingleadid'] : []),
  ]
  return wanted.filter((column) => Object.hasOwn(columns, column))
}

/** Money columns that are mapped to a field of one currency: they are read with theirs. */
const amountsIn = (typed: readonly TypedMapping[]): ReadonlySet<string> =>
  new Set(
    typed
      .filter(({ column, field }) => column.type === 'money' && field.type === 'currency')
      .map(({ mapping }) => mapping.dynamics),
  )

/** Columns that tell which row stands for another one now: after a merge, and where a lead became a contact. */
const successionColumns = ({ definition, name, schema }: EntitySource): readonly string[] => {
  const columns = columnsFor(schema, name)
  const wanted = [
    ...(name === 'opportunities' ? [] : ['masterid']),
    ...(name === 'contacts' && definition.leads?.enabled === true ? ['originatingleadid'] : []),
    ...(name === 'leads' && definition.contacts?.enabled === true ? ['parentcontactid'] : []),
  ]
  return wanted.filter((column) => Object.hasOwn(columns, column))
}

/** The contact's account, while accounts are in sync: without them nobody could say which is which. */
const compileRelation = (
  { definition, entity }: EntitySource,
  typed: readonly TypedMapping[],
): CompiledRelation | undefined => {
  const found = typed.find(({ field }) => field.type === 'account')
  if (found === undefined || definition.accounts?.enabled !== true) return undefined
  const defaults = { direction: entity.direction, blank: definition.blank }
  return accountRelation(found.mapping, found.column, defaults)
}

/**
 * The fields of ActiveCampaign that have to be read. Tags, lists and their states are read in ways of their own, and so is the account
 * that a contact is in.
 */
const fieldsRead = (
  { name, entity, schema }: EntitySource,
  mapped: readonly CompiledField[],
  { fields: inScope }: ActiveCampaignCriteria,
): readonly string[] => {
  const fields = fieldsFor(schema, name)
  const asked = entity.createInDynamics === 'all' ? inScope : []
  return [
    ...new Set([
      ...mapped.map(({ activeCampaign }) => activeCampaign),
      ...asked.filter((field) => Object.hasOwn(fields, field) && fields[field]?.type !== 'account'),
    ]),
  ]
}

const compileEntity = (source: EntitySource): CompiledEntity => {
  const { name, entity, schema } = source
  const columns = columnsFor(schema, name)
  const typed = typedMappings(source)
  const scope = compileDynamicsCriteria(name, parseWhere(entity.scope, columns, '').criterion, columns)
  const subjects = inboundSubjects(fieldsFor(schema, name), placeOf[name])
  const inbound = compileActiveCampaignCriteria(
    `ActiveCampaign ${placeOf[name]}`,
    parseWhere(entity.inboundScope, subjects, '').criterion,
    subjects,
  )
  const fields = typed.flatMap((mapping) => compileField(mapping, source))
  const match = compileMatch(source)
  const amounts = amountsIn(typed)
  const relation = compileRelation(source, typed)
  const mapped = typed
    .filter(({ mapping, field }) => mapping.enabled !== false && field.type !== 'account')
    .map(({ mapping }) => mapping.dynamics)
  const names = [
    ...new Set([
      ...mapped,
      ...scope.fields,
      ...match.map(({ dynamics }) => dynamics),
      ...policyColumns(source),
    ]),
  ]
  return {
    entity: name,
    direction: entity.direction,
    fields,
    fieldsRead: fieldsRead(source, fields, inbound),
    columns: [
      ...new Set([
        ...columnsToSelect([...names, ...successionColumns(source)], columns, amounts),
        ...(relation ? [relation.dynamics] : []),
      ]),
    ],
    annotations: {
      // Criteria and policies look at ids.
      formattedValues: mapped.some((column) => isReference(columns[column])),
      lookupTables: relation?.table !== undefined,
    },
    readRow: relationReader(rowReader(names, columns, amounts), relation),
    writeRow: relationWriter(rowWriter(amounts), relation),
    readsCurrencies: amounts.size > 0,
    inScope: scope.test,
    scopeSentence: scope.sentence,
    scope,
    createInDynamics: entity.createInDynamics,
    inboundScope: inbound,
    match,
    sharedEmail: entity.sharedEmail,
    leaving: entity.leaving,
    deleted: entity.deleted,
    accountRelation: relation,
    object: compileObject(source, typed),
  }
}

/** The order in which entities are synchronised: a contact's account before the contact. */
const order: readonly EntityName[] = ['accounts', 'contacts', 'leads', 'opportunities']

/** Compiles the entities that are switched on. */
export const compileEntities = (
  definition: SyncDefinition,
  schema: Schema,
  registry: Registry | undefined,
): readonly CompiledEntity[] =>
  order.flatMap((name) => {
    const entity = entityOf(definition, name)
    return entity?.enabled === true ? [compileEntity({ name, entity, definition, schema, registry })] : []
  })
