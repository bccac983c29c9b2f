import type { Schema } from '../schema/schema.ts'
import type { Column, LookupTarget, ManyToMany, Table } from '../schema/table.ts'
import type { Json } from './describe-column.ts'
import { label, managed, metadataId } from './label.ts'

const menu = (plural: string): Json => ({
  Behavior: 'UseCollectionName',
  Group: 'Details',
  Order: 10,
  IsCustomizable: true,
  Icon: null,
  ViewId: '00000000-0000-0000-0000-000000000000',
  AvailableOffline: true,
  MenuId: `nav${plural.replaceAll(' ', '')}`,
  QueryApi: '',
  Label: label(undefined, ''),
})

function oneToMany(schema: Schema, table: Table, column: Column, target: LookupTarget): Json {
  const cascade = target.onDelete === 'Cascade' ? 'Cascade' : 'NoCascade'
  return {
    '@odata.type': '#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata',
    ReferencedAttribute: schema.tables.get(target.table)?.primaryId ?? `${target.table}id`,
    ReferencedEntity: target.table,
    ReferencingAttribute: column.logicalName,
    ReferencingEntity: table.logicalName,
    IsHierarchical: false,
    EntityKey: null,
    IsRelationshipAttributeDenormalized: false,
    ReferencedEntityNavigationPropertyName: target.relationship,
    ReferencingEntityNavigationPropertyName: target.navigation,
    RelationshipBehavior: 1,
    IsDenormalizedLookup: null,
    DenormalizedAttributeName: null,
    IsCustomRelationship: column.custom,
    IsValidForAdvancedFind: true,
    SchemaName: target.relationship,
    SecurityTypes: 'Append',
    IsManaged: !column.custom,
    RelationshipType: 'OneToManyRelationship',
    IntroducedVersion: '5.0.0.0',
    MetadataId: metadataId(`relationship ${target.relationship} ${table.logicalName}`),
    HasChanged: null,
    AssociatedMenuConfiguration: menu(table.pluralLabel),
    CascadeConfiguration: {
      Assign: cascade,
      Delete: target.onDelete,
      Archive: 'NoCascade',
      Merge: cascade,
      Reparent: cascade,
      Share: cascade,
      Unshare: cascade,
      RollupView: 'NoCascade',
    },
    RelationshipAttributes: [],
    IsCustomizable: managed(true, 'iscustomizable', false),
  }
}

export const describeManyToMany = (schema: Schema, relationship: ManyToMany): Json => ({
  '@odata.type': '#Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata',
  Entity1LogicalName: relationship.first.table,
  Entity2LogicalName: relationship.second.table,
  IntersectEntityName: relationship.intersect,
  Entity1IntersectAttribute: schema.tables.get(relationship.first.table)?.primaryId ?? '',
  Entity2IntersectAttribute: schema.tables.get(relationship.second.table)?.primaryId ?? '',
  Entity1NavigationPropertyName: relationship.first.navigation,
  Entity2NavigationPropertyName: relationship.second.navigation,
  IsCustomRelationship: false,
  IsValidForAdvancedFind: true,
  SchemaName: relationship.schemaName,
  SecurityTypes: 'None',
  IsManaged: true,
  RelationshipType: 'ManyToManyRelationship',
  IntroducedVersion: '5.0.0.0',
  MetadataId: metadataId(`relationship ${relationship.schemaName}`),
  HasChanged: null,
  Entity1AssociatedMenuConfiguration: menu(relationship.first.table),
  Entity2AssociatedMenuConfiguration: menu(relationship.second.table),
  IsCustomizable: managed(true, 'iscustomizable', false),
})

/** Relationships in which `table` holds the lookup. */
export const manyToOneOf = (schema: Schema, table: Table): readonly Json[] =>
  [...table.columns.values()].flatMap((column) =>
    (column.targets ?? []).map((target) => oneToMany(schema, table, column, target)),
  )

/** Relationships in which `table` is looked up. */
export const oneToManyOf = (schema: Schema, table: Table): readonly Json[] =>
  [...schema.collections(table.logicalName).values()].flatMap((collection) => {
    const holder = schema.tables.get(collection.table)
    const target = collection.column.targets?.find(({ relationship }) => relationship === collection.name)
    return holder === undefined || target === undefined
      ? []
      : [oneToMany(schema, holder, collection.column, target)]
  })

export const manyToManyOf = (schema: Schema, table: Table): readonly Json[] =>
  schema.manyToMany
    .filter(({ first, second }) => first.table === table.logicalName || second.table === table.logicalName)
    .map((relationship) => describeManyToMany(schema, relationship))
