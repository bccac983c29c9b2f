import { audited, decimal, image, integer, states, text } from '../columns.ts'
import type { TableDefinition } from '../table.ts'

export const transactionCurrency: TableDefinition = {
  schemaName: 'TransactionCurrency',
  entitySetName: 'transactioncurrencies',
  primaryName: 'currencyname',
  objectTypeCode: 9105,
  label: 'Currency',
  pluralLabel: 'Currencies',
  ownership: 'OrganizationOwned',
  columns: {
    ExchangeRate: decimal('Exchange Rate', 0, 100_000_000_000),
    CurrencyName: text('Currency Name', 100, { required: 'SystemRequired' }),
    CurrencyPrecision: integer('Currency Precision', 0, 4, { required: 'SystemRequired' }),
    CurrencySymbol: text('Currency Symbol', 10, { required: 'SystemRequired' }),
    ISOCurrencyCode: text('Currency Code', 5, { required: 'SystemRequired' }),
    ...states({ 0: ['Active', { 1: 'Active' }], 1: ['Inactive', { 2: 'Inactive' }] }),
    ...image(),
    ...audited(),
  },
}
