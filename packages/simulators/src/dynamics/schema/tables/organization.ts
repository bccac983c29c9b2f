import { audited, boolean, choice, dateTime, integer, lookup, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const organization: TableDefinition = {
  schemaName: 'Organization',
  entitySetName: 'organizations',
  primaryName: 'name',
  objectTypeCode: 1019,
  label: 'Organization',
  pluralLabel: 'Organizations',
  ownership: 'None',
  columns: {
    BaseCurrencyId: lookup('Currency', {
      transactioncurrency: 'transactioncurrency_organization_basecurrencyid',
    }),
    CurrencyDecimalPrecision: integer('Currency Decimal Precision', -2_147_483_648, 2_147_483_647, {
      required: 'SystemRequired',
    }),
    CurrencySymbol: text('Currency Symbol', 13),
    DateFormatString: text('Date Format String', 255),
    ExpireChangeTrackingInDays: integer('Days to Expire Change Tracking Deleted Records', 0, 365, {
      required: 'SystemRequired',
    }),
    FiscalCalendarStart: dateTime('Fiscal Calendar Start'),
    FullNameConventionCode: choice(
      'Full Name Display Order',
      {
        0: 'Last Name, First Name',
        1: 'First Name',
        2: 'Last Name, First Name, Middle Initial',
        3: 'First Name, Middle Initial, Last Name',
        4: 'Last Name, First Name, Middle Name',
        5: 'First Name, Middle Name, Last Name',
        6: 'Last Name, space, First Name',
        7: 'Last Name, no space, First Name',
      },
      { required: 'SystemRequired' },
    ),
    IsAuditEnabled: boolean('Is Auditing Enabled', { required: 'SystemRequired' }),
    IsDuplicateDetectionEnabled: boolean('Is Duplicate Detection Enabled', { required: 'SystemRequired' }),
    LanguageCode: integer('Language', 0, 2_147_483_647),
    LocaleId: integer('Locale', 0, 2_147_483_647, { required: 'SystemRequired' }),
    MaxUploadFileSize: integer('Max Upload File Size', 0, 2_147_483_647, { required: 'SystemRequired' }),
    Name: text('Organization Name', 160, { required: 'SystemRequired' }),
    PricingDecimalPrecision: integer('Pricing Decimal Precision', 0, 4, { required: 'SystemRequired' }),
    TimeFormatString: text('Time Format String', 255),
    WeekStartDayCode: choice('Week Start Day Code', { 0: 'Sunday', 1: 'Monday', 6: 'Saturday' }),
    ...audited(),
  },
}
