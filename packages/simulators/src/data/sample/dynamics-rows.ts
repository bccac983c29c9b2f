import type { Random } from '../../shared/random.ts'
import type { DynamicsRow } from '../rows.ts'
import type { Person } from './person.ts'

/** The columns that every table has. */
function common(key: string, random: Random): DynamicsRow {
  const version = random.integer(1_000_000, 9_999_999)
  return {
    '@odata.etag': `W/"${version}"`,
    [key]: random.guid(),
    createdon: instant('2025', random),
    modifiedon: instant('2026', random),
    versionnumber: version,
    statecode: 0,
    statuscode: 1,
  }
}

/** An instant of the first ten months of a year, in whole seconds as Dataverse has them. */
export function instant(year: string, random: Random): string {
  const two = (from: number, to: number) => String(random.integer(from, to)).padStart(2, '0')
  return `${year}-${two(1, 10)}-${two(1, 28)}T${two(0, 23)}:${two(0, 59)}:${two(0, 59)}Z`
}

function lookup(column: string, table: string, id: string | undefined): DynamicsRow {
  if (id === undefined) return { [`_${column}_value`]: null }
  return { [`_${column}_value@Microsoft.Dynamics.CRM.lookuplogicalname`]: table, [`_${column}_value`]: id }
}

/** What contacts and leads have in common. */
function person(person: Person): DynamicsRow {
  return {
    firstname: person.firstName,
    lastname: person.lastName,
    fullname: [person.firstName, person.lastName].filter((name) => name !== null).join(' '),
    emailaddress1: person.email,
    telephone1: person.phone,
    jobtitle: person.jobTitle,
    address1_line1: person.street,
    address1_city: person.city,
    address1_country: person.country,
    donotbulkemail: person.noBulkEmail,
    preferredcontactmethodcode: 1,
  }
}

export function contactRow(of: Person, random: Random, accountId: string | undefined): DynamicsRow {
  // Every seventeenth contact is one that somebody deactivated.
  const inactive = of.number % 17 === 16
  return {
    ...common('contactid', random),
    ...person(of),
    mobilephone: of.mobile,
    birthdate: of.birthDate,
    annualincome: of.income,
    numberofchildren: of.children,
    familystatuscode: of.familyStatus,
    description: of.about,
    new_interests: of.interests,
    new_segment: of.segment,
    new_loyaltyscore: of.loyalty,
    ...lookup('parentcustomerid', 'account', accountId),
    ...(inactive ? { statecode: 1, statuscode: 2 } : {}),
  }
}

export function leadRow(of: Person, random: Random): DynamicsRow {
  return {
    ...common('leadid', random),
    ...person(of),
    subject: `Interested: ${of.city}`,
    companyname: random.pick(companyNames),
    leadsourcecode: random.integer(1, 10),
    leadqualitycode: random.integer(1, 3),
    estimatedclosedate: null,
  }
}

const companyNames = [
  'Nordlicht Werkzeuge',
  'Café «Été»',
  'Ελιά & Υιοί',
  'Сад і Город',
  'شركة النيل',
  '株式会社さくら',
  "Murphy's Boats",
  'Łódka Sp. z o.o.',
] as const

export function accountRow(number: number, random: Random): DynamicsRow {
  const name = `${companyNames[number % companyNames.length]} ${Math.floor(number / companyNames.length) + 1}`
  return {
    ...common('accountid', random),
    name,
    emailaddress1: `office${number + 1}@example.com`,
    websiteurl: `https://www.example.com/company${number + 1}`,
    telephone1: `+49 30 ${random.integer(100_000, 999_999)}`,
    industrycode: random.integer(1, 33),
    revenue: random.integer(10_000_000, 900_000_000) / 100,
    numberofemployees: random.integer(1, 4_000),
    address1_city: random.pick(['Berlin', 'Cork', '上海', 'Αθήνα']),
  }
}

export function opportunityRow(
  number: number,
  random: Random,
  accountId: string | undefined,
  contactId: string | undefined,
): DynamicsRow {
  return {
    ...common('opportunityid', random),
    name: `${random.pick(['Renewal', 'First order', 'Service contract', 'Ausstattung'])} ${number + 1}`,
    estimatedvalue: random.integer(50_000, 50_000_000) / 100,
    estimatedclosedate: random.pick(['2027-03-31', '2028-02-29', '2026-12-24']),
    closeprobability: random.integer(0, 20) * 5,
    opportunityratingcode: random.integer(1, 3),
    ...lookup('customerid', 'account', accountId),
    ...lookup('parentcontactid', 'contact', contactId),
  }
}
