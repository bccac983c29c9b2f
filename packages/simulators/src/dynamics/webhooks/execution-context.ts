import type { Environment } from '../environment.ts'
import type { Table } from '../schema/table.ts'
import type { Write } from '../store/store.ts'
import type { Row, Scalar } from '../store/table-store.ts'

/** What happened to a row. Assigning and changing the state are updates here, as they are for the newer messages. */
export type Message = 'Create' | 'Update' | 'Delete'

export const messageOf = ({ before, after }: Write): Message =>
  before === undefined ? 'Create' : after === undefined ? 'Delete' : 'Update'

const contracts = 'http://schemas.microsoft.com/xrm/2011/Contracts'

const dateText = (iso: string): string => `/Date(${Date.parse(iso)})/`

/** A value as the data contract serialiser writes it: dates in its own way, choices and lookups as typed objects. */
const typedValue = (table: Table, name: string, value: Scalar, row: Row): unknown => {
  const column = table.properties.get(name)
  switch (column?.type) {
    case 'datetime':
    case 'date':
      return dateText(String(value))
    case 'choice':
    case 'state':
    case 'status':
      return { __type: `OptionSetValue:${contracts}`, Value: value }
    case 'money':
      return { __type: `Money:${contracts}`, Value: value }
    case 'lookup':
    case 'owner':
    case 'customer':
      return {
        __type: `EntityReference:${contracts}`,
        Id: value,
        KeyAttributes: [],
        LogicalName: row[`${name}@table`],
        Name: null,
        RowVersion: null,
      }
    default:
      return value
  }
}

const changedNames = ({ before = {}, after = {} }: Write): readonly string[] =>
  Object.keys({ ...before, ...after }).filter(
    (name) => !name.includes('@') && name !== 'versionnumber' && before[name] !== after[name],
  )

const targetOf = (table: Table, write: Write) => {
  const { after, id } = write
  const named = { Id: id, KeyAttributes: [], LogicalName: table.logicalName, RowVersion: null }
  if (after === undefined) return { __type: `EntityReference:${contracts}`, Name: null, ...named }
  const attributes = changedNames(write).map((name) => {
    const value = after[name]
    const key = table.properties.get(name)?.logicalName ?? name
    return { key, value: value === undefined ? null : typedValue(table, name, value, after) }
  })
  return {
    __type: `Entity:${contracts}`,
    Attributes: attributes,
    EntityState: null,
    FormattedValues: [],
    RelatedEntities: [],
    ...named,
    RowVersion: String(after.versionnumber ?? ''),
  }
}

/** The logical names of the columns that an update changed. */
export const changedColumns = (table: Table, write: Write): readonly string[] =>
  changedNames(write).map((name) => table.properties.get(name)?.logicalName ?? name)

/**
 * The `RemoteExecutionContext` that a webhook is sent.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks
 */
export const executionContext = (
  { ids, clock }: Environment,
  table: Table,
  write: Write,
  operationId: string,
): Readonly<Record<string, unknown>> => {
  const user = String((write.after ?? write.before)?._modifiedby_value ?? ids.systemUser)
  return {
    BusinessUnitId: ids.businessUnit,
    CorrelationId: operationId,
    Depth: 1,
    InitiatingUserId: user,
    InputParameters: [{ key: 'Target', value: targetOf(table, write) }],
    IsExecutingOffline: false,
    IsInTransaction: false,
    IsOfflinePlayback: false,
    IsolationMode: 1,
    MessageName: messageOf(write),
    Mode: 1,
    OperationCreatedOn: `/Date(${clock.now()})/`,
    OperationId: operationId,
    OrganizationId: ids.organization,
    OrganizationName: 'org',
    OutputParameters: [],
    ParentContext: null,
    PostEntityImages: [],
    PreEntityImages: [],
    PrimaryEntityId: write.id,
    PrimaryEntityName: table.logicalName,
    RequestId: operationId,
    SecondaryEntityName: 'none',
    SharedVariables: [],
    Stage: 40,
    UserId: user,
  }
}
