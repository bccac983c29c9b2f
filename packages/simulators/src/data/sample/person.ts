import type { Random } from '../../shared/random.ts'
import { ascii, type Locale, locales, written } from './locales.ts'

/** One made-up person, before either service's shape. */
export interface Person {
  readonly number: number
  readonly firstName: string | null
  readonly lastName: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly mobile: string | null
  readonly jobTitle: string | null
  readonly street: string
  readonly city: string
  readonly country: string
  readonly birthDate: string | null
  readonly income: number | null
  readonly children: number | null
  readonly noBulkEmail: boolean
  readonly familyStatus: number | null
  readonly interests: string | null
  readonly segment: number | null
  readonly loyalty: number | null
  readonly about: string | null
}

/** What real address books get wrong. Each turn of the list gives every oddity to one person. */
const oddities = [
  'noEmail',
  'none',
  'noLastName',
  'leapDay',
  'none',
  'mixedCaseEmail',
  'sharedEmail',
  'none',
  'malformedEmail',
  'noFirstName',
  'none',
  'blanks',
  'tooLongPhone',
] as const

const jobs = [
  'Buyer',
  'Head of Sales',
  'CEO',
  'Praktikant/in',
  'Ingénieure',
  '営業部長',
  'R&D <Lead>',
  null,
] as const
const abouts = [
  'Met at the trade fair.\nWants a call back in spring.',
  'Prefers "short" letters; no calls before 10.',
  'Möchte den Katalog – auf Papier 📚',
  null,
  null,
  null,
] as const
const domains = ['example.com', 'example.org', 'example.net'] as const

/** Person number `number` of the sample; `before` lends an e-mail to the one who shares it. */
export function createPerson(number: number, random: Random, before: Person | undefined): Person {
  const locale = locales[number % locales.length] ?? locales[0]
  const oddity = oddities[number % oddities.length]
  const given = random.pick(locale.given)
  const family = random.pick(locale.family)
  const email = `${ascii(given)}.${ascii(family)}${number + 1}@${random.pick(domains)}`
  const maybe = <T>(value: T): T | null => (random.next() < 0.75 ? value : null)
  return {
    number,
    firstName: oddity === 'noFirstName' ? null : written(given),
    lastName: oddity === 'noLastName' ? null : oddity === 'blanks' ? ` ${written(family)} ` : written(family),
    email: oddEmail(email, oddity, before),
    phone:
      oddity === 'tooLongPhone'
        ? `${phone(locale, random)} (ask for ${ascii(given)})`
        : phone(locale, random),
    mobile: maybe(phone(locale, random)),
    jobTitle: random.pick(jobs),
    street: `${locale.street} ${random.integer(1, 240)}`,
    city: random.pick(locale.cities),
    country: locale.country,
    birthDate:
      oddity === 'leapDay'
        ? random.pick(['1996-02-29', '2000-02-29', '1904-02-29'])
        : maybe(birthDate(random)),
    income: maybe(random.integer(900_000, 15_000_000) / 100),
    children: maybe(random.integer(0, 5)),
    noBulkEmail: random.next() < 0.2,
    familyStatus: maybe(random.integer(1, 4)),
    interests: maybe(interests(random)),
    segment: maybe(100_000_000 + random.integer(0, 2)),
    loyalty: maybe(random.integer(-5_000, 99_999) / 1_000),
    about: random.pick(abouts),
  }
}

function oddEmail(email: string, oddity: (typeof oddities)[number] | undefined, before: Person | undefined) {
  switch (oddity) {
    case 'noEmail':
      return null
    case 'mixedCaseEmail':
      return email.replace(/^./, (letter) => letter.toUpperCase()).replace('@example', '@Example')
    case 'sharedEmail':
      return before?.email ?? email
    case 'malformedEmail':
      return email.replace('@', ' at ')
    default:
      return email
  }
}

function phone(locale: Locale, random: Random): string {
  return random.pick(locale.phones).replaceAll('#', () => String(random.integer(0, 9)))
}

function birthDate(random: Random): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${random.integer(1930, 2007)}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`
}

function interests(random: Random): string | null {
  const chosen = [1, 2, 3, 4, 5].filter(() => random.next() < 0.4)
  return chosen.length === 0 ? null : chosen.join(',')
}
