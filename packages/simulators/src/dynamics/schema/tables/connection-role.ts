import { audited, boolean, choice, dateTime, guid, primaryId, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const connectionRole: TableDefinition = {
  schemaName: 'ConnectionRole',
  entitySetName: 'connectionroles',
  primaryName: 'name',
  objectTypeCode: 3231,
  label: 'Connection Role',
  pluralLabel: 'Connection Roles',
  ownership: 'OrganizationOwned',
  columns: {
    ConnectionRoleId: primaryId('Connection Role'),
    Category: choice('Connection Role Category', {
      1: 'Business',
      2: 'Family',
      3: 'Social',
      4: 'Sales',
      5: 'Other',
      1000: 'Stakeholder',
      1001: 'Sales Team',
      1002: 'Service',
    }),
    ComponentState: choice(
      'Component State',
      { 0: 'Published', 1: 'Unpublished', 2: 'Deleted', 3: 'Deleted Unpublished' },
      { required: 'SystemRequired' },
    ),
    ConnectionRoleIdUnique: guid('Unique ID', { required: 'SystemRequired' }),
    Description: text('Description', 1000),
    IntroducedVersion: text('Introduced Version', 48),
    IsCustomizable: boolean('Customizable', { required: 'SystemRequired' }),
    IsManaged: boolean('State', { required: 'SystemRequired' }),
    Name: text('Name', 100, { required: 'SystemRequired' }),
    OverwriteTime: dateTime('Overwritten On', { required: 'SystemRequired' }),
    SolutionId: guid('Solution', { required: 'SystemRequired' }),
    ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
    ...audited(),
  },
}
