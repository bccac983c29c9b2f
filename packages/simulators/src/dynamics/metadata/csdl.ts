import { isLookup, type Schema } from '../schema/schema.ts'
import type { Column, ColumnType, Table } from '../schema/table.ts'

const edmTypes: Readonly<Record<ColumnType, string>> = {
  text: 'Edm.String',
  memo: 'Edm.String',
  entityname: 'Edm.String',
  choices: 'Edm.String',
  image: 'Edm.Binary',
  managed: 'mscrm.BooleanManagedProperty',
  integer: 'Edm.Int32',
  bigint: 'Edm.Int64',
  decimal: 'Edm.Decimal',
  money: 'Edm.Decimal',
  double: 'Edm.Double',
  boolean: 'Edm.Boolean',
  choice: 'Edm.Int32',
  state: 'Edm.Int32',
  status: 'Edm.Int32',
  datetime: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  guid: 'Edm.Guid',
  lookup: 'Edm.Guid',
  customer: 'Edm.Guid',
  owner: 'Edm.Guid',
}

const annotation = (term: string, value: string): string => `<Annotation Term="${term}" ${value} />`

const property = (column: Column, annotated: boolean): string => {
  const head = `<Property Name="${column.property}" Type="${edmTypes[column.type]}"`
  const readOnly = !column.validForCreate && !column.validForUpdate
  if (!annotated || (!readOnly && !isLookup(column))) return `${head} />`
  const terms = [
    readOnly ? annotation('Org.OData.Core.V1.Computed', 'Bool="true"') : '',
    annotation('Org.OData.Core.V1.Permissions', 'EnumMember="Org.OData.Core.V1.Permission/Read"'),
  ]
  return `${head}>${terms.join('')}</Property>`
}

/** Users and teams are keyed as ownerid: both derive from principal. */
const keyOf = (table: Table): string =>
  table.logicalName === 'systemuser' || table.logicalName === 'team' ? 'ownerid' : table.primaryId

function entityType(schema: Schema, table: Table, annotated: boolean): string {
  const known = (name: string): boolean => schema.tables.has(name)
  const single = [...table.navigations].filter(([, { target }]) => known(target.table))
  const key = keyOf(table)
  return [
    `<EntityType Name="${table.logicalName}" BaseType="mscrm.crmbaseentity">`,
    `<Key><PropertyRef Name="${key}" /></Key>`,
    key === table.primaryId ? '' : `<Property Name="${key}" Type="Edm.Guid" />`,
    ...[...table.columns.values()].map((column) => property(column, annotated)),
    ...single.map(
      ([name, { column, target }]) =>
        `<NavigationProperty Name="${name}" Type="mscrm.${target.table}" Nullable="true"><ReferentialConstraint Property="${column.property}" ReferencedProperty="${schema.tables.get(target.table)?.primaryId}" /></NavigationProperty>`,
    ),
    ...[...schema.collections(table.logicalName).values()].map(
      ({ name, table: child }) => `<NavigationProperty Name="${name}" Type="Collection(mscrm.${child})" />`,
    ),
    '</EntityType>',
  ].join('')
}

const entitySet = (table: Table, annotated: boolean): string => {
  const head = `<EntitySet Name="${table.entitySetName}" EntityType="Microsoft.Dynamics.CRM.${table.logicalName}"`
  if (!annotated) return `${head} />`
  return `${head}><Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record><PropertyValue Property="Supported" Bool="${table.changeTracking}" /></Record></Annotation></EntitySet>`
}

/** The entity data model as XML; with `annotated`, what is computed, read-only and tracked. */
export function writeCsdl(schema: Schema, annotated: boolean): string {
  const tables = [...schema.tables.values()]
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>',
    '<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">',
    '<EntityType Name="crmbaseentity" Abstract="true" />',
    ...tables.map((table) => entityType(schema, table, annotated)),
    '<ComplexType Name="BooleanManagedProperty"><Property Name="Value" Type="Edm.Boolean" /><Property Name="CanBeChanged" Type="Edm.Boolean" /><Property Name="ManagedPropertyLogicalName" Type="Edm.String" /></ComplexType>',
    '<ComplexType Name="WhoAmIResponse"><Property Name="BusinessUnitId" Type="Edm.Guid" /><Property Name="UserId" Type="Edm.Guid" /><Property Name="OrganizationId" Type="Edm.Guid" /></ComplexType>',
    '<Function Name="WhoAmI"><ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" /></Function>',
    '<EntityContainer Name="System">',
    ...tables.map((table) => entitySet(table, annotated)),
    '<FunctionImport Name="WhoAmI" Function="mscrm.WhoAmI" />',
    '</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>',
  ].join('\n')
}
