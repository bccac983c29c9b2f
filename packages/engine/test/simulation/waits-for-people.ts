import type { Action } from '@dynacamp/core'
import type { Services } from './services.ts'

/** Rows that go with the one they point to when it is deleted. */
const pointing = [
  ['contact', '_parentcustomerid_value'],
  ['lead', '_customerid_value'],
  ['opportunity', '_customerid_value'],
] as const

/** A deletion that would take other rows of D365 along is planned in every run, and not done before people have settled it. */
export const waitsForPeople =
  ({ dynamics }: Services) =>
  ({ kind, dynamicsId }: Action): boolean =>
    kind === 'delete-dynamics-record' &&
    pointing.some(([table, column]) => dynamics.rows(table).some((row) => row[column] === dynamicsId))
