import { column } from './column.ts'

const readOnly = { access: 'read' } as const

/** Columns of nearly every user-owned table. */
export const ownedColumns = {
  createdon: column.dateTime(readOnly),
  modifiedon: column.dateTime(readOnly),
  overriddencreatedon: column.dateTime({ access: 'create' }),
  importsequencenumber: column.wholeNumber({ access: 'create' }),
  versionnumber: column.bigInt(readOnly),
  ownerid: column.owner(),
} as const

/** Columns of tables that hold money. */
export const moneyColumns = {
  transactioncurrencyid: column.lookup(['transactioncurrency']),
  exchangerate: column.decimal({ access: 'read', precision: 10 }),
} as const

const addressParts = {
  name: column.text(200),
  line1: column.text(250),
  line2: column.text(250),
  line3: column.text(250),
  city: column.text(80),
  country: column.text(80),
  county: column.text(50),
  stateorprovince: column.text(50),
  postalcode: column.text(20),
  postofficebox: column.text(20),
  telephone1: column.phone(50),
  telephone2: column.phone(50),
  telephone3: column.phone(50),
  fax: column.phone(50),
  latitude: column.float({ min: -90, max: 90, precision: 5 }),
  longitude: column.float({ min: -180, max: 180, precision: 5 }),
  composite: column.memo(1000, readOnly),
} as const

type AddressColumns<N extends 1 | 2 | 3> = {
  readonly [K in keyof typeof addressParts as `address${N}_${K}`]: (typeof addressParts)[K]
}

/** The columns of one address; Dataverse repeats them under `address1_`, `address2_`, `address3_`. */
export function addressColumns<const N extends 1 | 2 | 3>(n: N): AddressColumns<N>
export function addressColumns(n: number): object {
  return Object.fromEntries(Object.entries(addressParts).map(([name, part]) => [`address${n}_${name}`, part]))
}

/** What a person or company does not want; `true` is "Do Not Allow", the inverse of a consent flag. */
const donot = () => column.boolean({ labels: { true: 'Do Not Allow', false: 'Allow' } })

export const consentColumns = {
  donotbulkemail: donot(),
  donotemail: donot(),
  donotphone: donot(),
  donotfax: donot(),
  donotpostalmail: donot(),
  donotsendmm: column.boolean({ labels: { true: 'Do Not Send', false: 'Send' } }),
  followemail: column.boolean({ labels: { true: 'Allow', false: 'Do Not Allow' } }),
} as const

export const preferredContactMethod = column.choice({ 1: 'Any', 2: 'Email', 3: 'Phone', 4: 'Fax', 5: 'Mail' })
export const paymentTerms = column.choice({ 1: 'Net 30', 2: '2% 10, Net 30', 3: 'Net 45', 4: 'Net 60' })
export const onlyDefault = column.choice({ 1: 'Default Value' })
