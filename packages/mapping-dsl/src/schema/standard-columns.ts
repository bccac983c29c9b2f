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

/** Industry of an account or a lead. */
export const industries = column.choice({
  1: 'Accounting',
  2: 'Agriculture and Non-petrol Natural Resource Extraction',
  3: 'Broadcasting Printing and Publishing',
  4: 'Brokers',
  5: 'Building Supply Retail',
  6: 'Business Services',
  7: 'Consulting',
  8: 'Consumer Services',
  9: 'Design, Direction and Creative Management',
  10: 'Distributors, Dispatchers and Processors',
  11: "Doctor's Offices and Clinics",
  12: 'Durable Manufacturing',
  13: 'Eating and Drinking Places',
  14: 'Entertainment Retail',
  15: 'Equipment Rental and Leasing',
  16: 'Financial',
  17: 'Food and Tobacco Processing',
  18: 'Inbound Capital Intensive Processing',
  19: 'Inbound Repair and Services',
  20: 'Insurance',
  21: 'Legal Services',
  22: 'Non-Durable Merchandise Retail',
  23: 'Outbound Consumer Service',
  24: 'Petrochemical Extraction and Distribution',
  25: 'Service Retail',
  26: 'SIG Affiliations',
  27: 'Social Services',
  28: 'Special Outbound Trade Contractors',
  29: 'Specialty Realty',
  30: 'Transportation',
  31: 'Utility Creation and Distribution',
  32: 'Vehicle Retail',
  33: 'Wholesale',
})

/** What leads and opportunities know about a purchase. */
export const budgetColumns = {
  budgetamount: column.money({ min: 0, max: 1e12, precision: 2 }),
  budgetstatus: column.choice({ 0: 'No Committed Budget', 1: 'May Buy', 2: 'Can Buy', 3: 'Will Buy' }),
  need: column.choice({ 0: 'Must have', 1: 'Should have', 2: 'Good to have', 3: 'No need' }),
  purchaseprocess: column.choice({ 0: 'Individual', 1: 'Committee', 2: 'Unknown' }),
  purchasetimeframe: column.choice({
    0: 'Immediate',
    1: 'This Quarter',
    2: 'Next Quarter',
    3: 'This Year',
    4: 'Unknown',
  }),
  initialcommunication: column.choice({ 0: 'Contacted', 1: 'Not Contacted' }),
} as const
