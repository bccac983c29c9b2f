import { audited, boolean, choice, currency, guid, lookup, memo, primaryId, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const team: TableDefinition = {
  schemaName: 'Team',
  entitySetName: 'teams',
  primaryName: 'name',
  objectTypeCode: 9,
  label: 'Team',
  pluralLabel: 'Teams',
  ownership: 'BusinessOwned',
  columns: {
    TeamId: primaryId('Team'),
    AdministratorId: lookup(
      'Administrator',
      { systemuser: 'systemuser_team_administratorid' },
      { required: 'SystemRequired' },
    ),
    BusinessUnitId: lookup(
      'Business Unit',
      { businessunit: 'business_unit_teams' },
      { required: 'SystemRequired' },
    ),
    Description: memo('Description', 2000),
    EmailAddress: text('Email', 100, { format: 'Email' }),
    IsDefault: boolean('Is Default', { required: 'SystemRequired' }),
    Name: text('Team Name', 160, { required: 'SystemRequired' }),
    ProcessId: guid('Process'),
    QueueId: lookup('Default Queue', { queue: 'queue_team_queueid' }),
    RegardingObjectId: lookup('Regarding Object Id', {
      knowledgearticle: 'knowledgearticle_team_regardingobjectid',
    }),
    StageId: guid('Process Stage'),
    SystemManaged: boolean('Is System Managed', { required: 'SystemRequired' }),
    TeamTemplateId: guid('Team Template Identifier'),
    TeamType: choice('Team Type', { 0: 'Owner', 1: 'Access' }, { required: 'SystemRequired' }),
    TraversedPath: text('Traversed Path', 1250),
    YomiName: text('Yomi Name', 160),
    ...currency(),
    ...audited(),
  },
}
