import type { FieldValue } from '@dynacamp/mapping-dsl'

/** Rows of contacts as the Web API sends them, made by arithmetic so that every run has the same. */
export const rows = Array.from({ length: 1_000 }, (_, n) => ({
  statecode: n % 5 === 0 ? 1 : 0,
  emailaddress1: n % 7 === 0 ? null : `Person.${n}@Example.com`,
  firstname: `First ${n}`,
  lastname: n % 11 === 0 ? "O'Brien" : `Last ${n}`,
  jobtitle: n % 3 === 0 ? 'Sales Director' : 'Engineer',
  annualincome: n * 1000.5,
  gendercode: (n % 2) + 1,
  birthdate: `19${50 + (n % 50)}-01-31`,
})) satisfies readonly Readonly<Record<string, FieldValue>>[]
