import type { ColumnDefinition, RequiredLevel } from './table.ts'

interface Rules {
  readonly required?: RequiredLevel
  /** Set by the server: ignored in a body. */
  readonly readOnly?: true
  readonly format?: string
  readonly default?: string | number | boolean
  readonly navigation?: string
}

const rules = ({ readOnly, ...rest }: Rules): Partial<ColumnDefinition> =>
  readOnly ? { ...rest, validForCreate: false, validForUpdate: false } : rest

type Make = (label: string, more?: Rules) => ColumnDefinition
type MakeRanged = (label: string, min: number, max: number, more?: Rules) => ColumnDefinition

const plain =
  (type: ColumnDefinition['type'], fixed: Partial<ColumnDefinition> = {}): Make =>
  (label, more = {}) => ({ type, label, ...fixed, ...rules(more) })

const ranged =
  (type: ColumnDefinition['type'], precision?: number): MakeRanged =>
  (label, min, max, more = {}) => ({
    type,
    label,
    min,
    max,
    ...(precision === undefined ? {} : { precision }),
    ...rules(more),
  })

export const primaryId = (label: string): ColumnDefinition => ({
  type: 'guid',
  label,
  primary: true,
  required: 'SystemRequired',
  validForUpdate: false,
})
export const text = (label: string, maxLength: number, more: Rules = {}): ColumnDefinition => ({
  type: 'text',
  label,
  maxLength,
  ...rules(more),
})
export const memo = (label: string, maxLength: number, more: Rules = {}): ColumnDefinition => ({
  type: 'memo',
  label,
  maxLength,
  ...rules(more),
})
export const integer = ranged('integer')
export const decimal = ranged('decimal', 10)
export const double = ranged('double', 5)
export const money = ranged('money', 2)
export const boolean = plain('boolean', { default: false })
export const date = plain('date', { behavior: 'DateOnly', format: 'DateOnly' })
export const dateTime = plain('datetime', { behavior: 'UserLocal', format: 'DateAndTime' })
export const guid = plain('guid')
export const managedProperty = plain('managed')
export const entityName = plain('entityname')

export const choice = (
  label: string,
  labels: Readonly<Record<number, string>>,
  more: Rules = {},
): ColumnDefinition => ({
  type: 'choice',
  label,
  options: Object.entries(labels).map(([value, text]) => ({ value: Number(value), label: text })),
  ...rules(more),
})

/** `targets`: table to the relationship's schema name. */
export const lookup = (
  label: string,
  targets: Readonly<Record<string, string>>,
  more: Rules = {},
): ColumnDefinition => ({ type: 'lookup', label, targets, ...rules(more) })

export const customer = (
  label: string,
  targets: Readonly<Record<string, string>>,
  more: Rules = {},
): ColumnDefinition => ({ type: 'customer', label, targets, ...rules(more) })

type States = Readonly<Record<number, readonly [label: string, statuses: Readonly<Record<number, string>>]>>

/** `statecode` and `statuscode`; the first status of a state is its default. */
export const states = (definition: States): Record<string, ColumnDefinition> => {
  const entries = Object.entries(definition).map(([value, [label, statuses]]) => ({
    value: Number(value),
    label,
    statuses: Object.entries(statuses).map(([status, text]) => ({ value: Number(status), label: text })),
  }))
  return {
    StateCode: {
      type: 'state',
      label: 'Status',
      required: 'SystemRequired',
      validForCreate: false,
      default: 0,
      options: entries.map(({ value, label }) => ({ value, label })),
    },
    StatusCode: {
      type: 'status',
      label: 'Status Reason',
      options: entries.flatMap(({ value: state, statuses }) =>
        statuses.map((status) => ({ ...status, state })),
      ),
    },
  }
}

const shippingMethods = {
  1: 'Airborne',
  2: 'DHL',
  3: 'FedEx',
  4: 'UPS',
  5: 'Postal Mail',
  6: 'Full Load',
  7: 'Will Call',
}

/** The choices of an address: the first block has real ones, the others only a placeholder, set on the second. */
const addressChoice = (
  number: 1 | 2 | 3,
  label: string,
  labels: Readonly<Record<number, string>>,
): ColumnDefinition =>
  number === 1
    ? choice(label, labels)
    : choice(label, { 1: 'Default Value' }, number === 2 ? { default: 1 } : {})

/** Where a table's address blocks differ from those of contacts and accounts. */
interface AddressDifferences {
  readonly without?: readonly string[]
  readonly nameLength?: number
}

/** The columns of one address block. */
export const address = (
  number: 1 | 2 | 3,
  { without = [], nameLength = 200 }: AddressDifferences = {},
): Record<string, ColumnDefinition> => {
  const at = `Address ${number}:`
  const columns = {
    AddressId: { ...guid(`${at} ID`), generated: true as const },
    AddressTypeCode: addressChoice(number, `${at} Address Type`, {
      1: 'Bill To',
      2: 'Ship To',
      3: 'Primary',
      4: 'Other',
    }),
    City: text(`${at} City`, 80),
    Composite: memo(`${at} Composite`, 1000, { readOnly: true }),
    Country: text(`${at} Country/Region`, 80),
    County: text(`${at} County`, 50),
    Fax: text(`${at} Fax`, 50),
    FreightTermsCode: addressChoice(number, `${at} Freight Terms`, { 1: 'FOB', 2: 'No Charge' }),
    Latitude: double(`${at} Latitude`, -90, 90),
    Line1: text(`${at} Street 1`, 250),
    Line2: text(`${at} Street 2`, 250),
    Line3: text(`${at} Street 3`, 250),
    Longitude: double(`${at} Longitude`, -180, 180),
    Name: text(`${at} Name`, nameLength),
    PostalCode: text(`${at} ZIP/Postal Code`, 20),
    PostOfficeBox: text(`${at} Post Office Box`, 20),
    PrimaryContactName: text(`${at} Primary Contact Name`, 100),
    ShippingMethodCode: addressChoice(number, `${at} Shipping Method`, shippingMethods),
    StateOrProvince: text(`${at} State/Province`, 50),
    Telephone1: text(`${at} Phone`, 50, { format: 'Phone' }),
    Telephone2: text(`${at} Telephone 2`, 50, { format: 'Phone' }),
    Telephone3: text(`${at} Telephone 3`, 50, { format: 'Phone' }),
    UPSZone: text(`${at} UPS Zone`, 4),
    UTCOffset: integer(`${at} UTC Offset`, -1500, 1500),
  }
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !without.includes(name))
      .map(([name, column]) => [`Address${number}_${name}`, column]),
  )
}

/** The image of a row; only its keys are simulated, never pixels. */
export const image = (): Record<string, ColumnDefinition> => ({
  EntityImage: { type: 'image', label: 'Entity Image' },
  EntityImage_Timestamp: {
    type: 'bigint',
    label: 'Entity Image Timestamp',
    validForCreate: false,
    validForUpdate: false,
  },
  EntityImage_URL: text('Entity Image URL', 200, { readOnly: true }),
  EntityImageId: guid('Entity Image Id', { readOnly: true }),
})

/** Currency of the row's money columns. */
export const currency = (): Record<string, ColumnDefinition> => ({
  TransactionCurrencyId: lookup('Currency', { transactioncurrency: '' }),
  ExchangeRate: decimal('Exchange Rate', 0, 100_000_000_000, { readOnly: true }),
})

/** Who made and changed the row, and when. */
export const audited = (): Record<string, ColumnDefinition> => ({
  CreatedBy: lookup('Created By', { systemuser: '' }, { readOnly: true }),
  CreatedOn: dateTime('Created On', { readOnly: true }),
  CreatedOnBehalfBy: lookup('Created By (Delegate)', { systemuser: '' }, { readOnly: true }),
  ModifiedBy: lookup('Modified By', { systemuser: '' }, { readOnly: true }),
  ModifiedOn: dateTime('Modified On', { readOnly: true }),
  ModifiedOnBehalfBy: lookup('Modified By (Delegate)', { systemuser: '' }, { readOnly: true }),
  OverriddenCreatedOn: {
    type: 'datetime',
    label: 'Record Created On',
    validForUpdate: false,
    behavior: 'UserLocal',
    format: 'DateOnly',
  },
  ImportSequenceNumber: integer('Import Sequence Number', -2_147_483_648, 2_147_483_647),
  VersionNumber: { type: 'bigint', label: 'Version Number', validForCreate: false, validForUpdate: false },
})

/** The columns that every user-owned table has. */
export const owned = (): Record<string, ColumnDefinition> => ({
  ...audited(),
  OwnerId: {
    type: 'owner',
    label: 'Owner',
    required: 'SystemRequired',
    targets: { systemuser: '', team: '' },
  },
  OwningBusinessUnit: lookup('Owning Business Unit', { businessunit: '' }, { readOnly: true }),
  OwningTeam: lookup('Owning Team', { team: '' }, { readOnly: true }),
  OwningUser: lookup('Owning User', { systemuser: '' }, { readOnly: true }),
  TimeZoneRuleVersionNumber: integer('Time Zone Rule Version Number', -1, 2_147_483_647),
  UTCConversionTimeZoneCode: integer('UTC Conversion Time Zone Code', -1, 2_147_483_647),
})

/** Tables that the built-in activities can be about. */
const regarding = ['account', 'contact', 'lead', 'opportunity'] as const
const subjectLength: Readonly<Record<string, number>> = { Email: 800, ActivityPointer: 400 }

/** The columns that every kind of activity has. `plural` as in its collections: `Account_Phonecalls`. */
export const activity = (table: string, plural = `${table}s`): Record<string, ColumnDefinition> => ({
  ActivityId: primaryId(table),
  ActivityTypeCode: { ...entityName('Activity Type', { readOnly: true }), default: table.toLowerCase() },
  Subject: text('Subject', subjectLength[table] ?? 200, { required: 'ApplicationRequired' }),
  Description: memo('Description', table === 'Email' ? 1_073_741_823 : 2000),
  RegardingObjectId: lookup(
    'Regarding',
    Object.fromEntries(
      regarding.map((name) => [name, `${name.charAt(0).toUpperCase()}${name.slice(1)}_${plural}`]),
    ),
  ),
  ActualDurationMinutes: integer('Duration', 0, 2_147_483_647),
  ActualEnd: dateTime('Actual End'),
  ActualStart: dateTime('Actual Start'),
  ScheduledDurationMinutes: integer('Scheduled Duration', 0, 2_147_483_647, { readOnly: true }),
  ScheduledEnd: dateTime('Due Date'),
  ScheduledStart: dateTime('Start Date'),
  PriorityCode: choice('Priority', { 0: 'Low', 1: 'Normal', 2: 'High' }, { default: 1 }),
  IsBilled: boolean('Is Billed'),
  IsRegularActivity: boolean('Is Regular Activity', { readOnly: true, default: true }),
  IsWorkflowCreated: boolean('Is Workflow Created'),
  SortDate: dateTime('Sort Date'),
  ...currency(),
  ...owned(),
})
