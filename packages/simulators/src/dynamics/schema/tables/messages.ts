import { audited, entityName, lookup, primaryId, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

/** Which messages an environment has, and for which tables: how clients ask whether bulk messages exist. */
export const sdkMessage: TableDefinition = {
  schemaName: 'SdkMessage',
  entitySetName: 'sdkmessages',
  primaryName: 'name',
  objectTypeCode: 4606,
  label: 'Sdk Message',
  pluralLabel: 'Sdk Messages',
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: { SdkMessageId: primaryId('Sdk Message'), Name: text('Name', 256), ...audited() },
}

export const sdkMessageFilter: TableDefinition = {
  schemaName: 'SdkMessageFilter',
  entitySetName: 'sdkmessagefilters',
  primaryName: 'name',
  objectTypeCode: 4607,
  label: 'Sdk Message Filter',
  pluralLabel: 'Sdk Message Filters',
  ownership: 'OrganizationOwned',
  changeTracking: false,
  columns: {
    SdkMessageFilterId: primaryId('Sdk Message Filter'),
    Name: text('Name', 256),
    SdkMessageId: lookup('SDK Message ID', { sdkmessage: 'sdkmessageid_sdkmessagefilter' }),
    PrimaryObjectTypeCode: entityName('Primary Object Type Code'),
    SecondaryObjectTypeCode: entityName('Secondary Object Type Code'),
    ...audited(),
  },
}
