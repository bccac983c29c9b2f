import {
  audited,
  boolean,
  choice,
  guid,
  integer,
  lookup,
  managedProperty,
  primaryId,
  text,
} from '../columns.ts'
import type { TableDefinition } from '../table.ts'

/** Roles, privileges and what ties them together: enough to answer what a user may do. */
export const role: TableDefinition = {
  schemaName: 'Role',
  entitySetName: 'roles',
  primaryName: 'name',
  objectTypeCode: 1036,
  label: 'Security Role',
  pluralLabel: 'Security Roles',
  ownership: 'BusinessOwned',
  columns: {
    RoleId: primaryId('Role'),
    Name: text('Name', 100, { required: 'SystemRequired' }),
    BusinessUnitId: lookup('Business Unit', { businessunit: 'business_unit_roles' }),
    ParentRoleId: lookup('Parent Role', { role: 'role_parent_role' }),
    ParentRootRoleId: lookup('Parent Root Role', { role: 'role_parent_root_role' }),
    RoleTemplateId: lookup('Role Template', { roletemplate: 'role_template_roles' }),
    RoleIdUnique: guid('Unique Id', { readOnly: true }),
    OrganizationId: guid('Organization', { readOnly: true }),
    SolutionId: guid('Solution', { readOnly: true }),
    ComponentState: choice(
      'Component State',
      { 0: 'Published', 1: 'Unpublished', 2: 'Deleted', 3: 'Deleted Unpublished' },
      { readOnly: true, default: 0 },
    ),
    IsManaged: boolean('State', { readOnly: true }),
    IsInherited: choice(
      'Is Inherited',
      { 0: 'Team privileges only', 1: 'Direct User (Basic) access level and Team privileges' },
      { default: 0 },
    ),
    CanBeDeleted: managedProperty('Can Be Deleted', { default: true }),
    IsCustomizable: managedProperty('Customizable', { default: true }),
    OverwriteTime: { type: 'datetime', label: 'Record Overwrite Time', behavior: 'UserLocal' },
    ...audited(),
  },
}

export const privilege: TableDefinition = {
  schemaName: 'Privilege',
  entitySetName: 'privileges',
  primaryName: 'name',
  objectTypeCode: 1023,
  label: 'Privilege',
  pluralLabel: 'Privileges',
  ownership: 'None',
  changeTracking: false,
  columns: {
    PrivilegeId: primaryId('Privilege'),
    Name: text('Name', 100),
    AccessRight: integer('Access Right', 0, 1_000_000),
    CanBeBasic: boolean('Can Be Basic', { default: true }),
    CanBeLocal: boolean('Can Be Local', { default: true }),
    CanBeDeep: boolean('Can Be Deep', { default: true }),
    CanBeGlobal: boolean('Can Be Global', { default: true }),
    VersionNumber: { type: 'bigint', label: 'Version Number', validForCreate: false, validForUpdate: false },
  },
}
