import { createHash } from 'node:crypto'
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { DataFileError } from './data-file-error.ts'
import { type PeopleColumn, peopleColumn } from './people-columns.ts'
import { printable } from './printable.ts'
import { readText } from './read-text.ts'
import type { DynamicsData, DynamicsRow } from './rows.ts'

/** A value that a contact cannot hold. The contact was loaded without it. */
export interface PeopleWarning {
  /** Data row, counted from 1 after the header. */
  readonly row: number
  readonly header: string
  readonly problem: string
}

/** A CSV of people as contacts. Its headers are given with control characters escaped. */
export interface People {
  readonly data: DynamicsData
  /** Which header filled which column. */
  readonly columns: Readonly<Record<string, string>>
  /** Headers that fill no column of a contact. */
  readonly ignored: readonly string[]
  readonly warnings: readonly PeopleWarning[]
}

/**
 * Reads a CSV of people as Dynamics 365 contacts. Headers are recognised by their usual names (`first_name`,
 * `Surname`, `E-mail`, `dob`, `town`, ...); the delimiter may be a comma, semicolon, tab or bar. Values stay as
 * they are, blanks and malformed e-mails included; empty ones become null; what a column cannot hold (a date
 * that is none, a text that is too long) is left out and reported. The same file gives the same contact ids.
 * Throws {@link DataFileError} when the file is no CSV, no header is recognised or no row follows it.
 *
 * @example
 * ```ts
 * import { readPeopleCsv } from '@dynacamp/simulators'
 *
 * const { data, ignored, warnings } = await readPeopleCsv('people.csv')
 * console.log(data.contacts.length, ignored, warnings)
 * ```
 */
export async function readPeopleCsv(path: string): Promise<People> {
  const [names = [], ...lines] = parseCsv(await readText(path), path)
  const header = names.map(printable)
  const used = new Map<number, PeopleColumn>()
  for (const [index, name] of names.entries()) {
    const column = peopleColumn(name)
    if (column && ![...used.values()].includes(column)) used.set(index, column)
  }
  if (used.size === 0) {
    throw new DataFileError('shape', path, `no column is known (${header.join(', ')})`, 'line 1')
  }
  if (lines.length === 0) throw new DataFileError('empty', path, 'has a header and no rows')

  const warnings: PeopleWarning[] = []
  const contacts = lines.map((line, index): DynamicsRow => {
    const values = [...used].map(([position, column]): [string, string | number | null] => {
      const read = readValue(line[position] ?? '', column)
      if ('value' in read) return [column.column, read.value]
      warnings.push({ row: index + 1, header: header[position] ?? '', problem: read.problem })
      return [column.column, null]
    })
    return { contactid: idOfRow(index), ...Object.fromEntries(values) }
  })

  return {
    data: { contacts, leads: [], accounts: [], opportunities: [], columns: [] },
    columns: Object.fromEntries([...used].map(([index, { column }]) => [header[index] ?? '', column])),
    ignored: header.filter((_, index) => !used.has(index)),
    warnings,
  }
}

function parseCsv(text: string, file: string): string[][] {
  try {
    return parse(text, { delimiter: delimiterOf(text), skip_empty_lines: true })
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line = typeof cause.lines === 'number' ? `line ${cause.lines}` : undefined
    throw new DataFileError('syntax', file, cause.message.replace(/\.$/, ''), line)
  }
}

/** The delimiter that the header line has most of. */
function delimiterOf(text: string): string {
  const header = text.split(/\r?\n|\r/, 1)[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

const isoDate = z.iso.date()
const genders = new Map([
  ['m', 1],
  ['male', 1],
  ['f', 2],
  ['female', 2],
])

type ReadValue = { readonly value: string | number | null } | { readonly problem: string }

function readValue(raw: string, { type, maxLength = Number.POSITIVE_INFINITY }: PeopleColumn): ReadValue {
  const text = raw.trim()
  if (text === '') return { value: null }
  switch (type) {
    case 'text':
      if (raw.length > maxLength) return { problem: `has ${raw.length} characters, at most ${maxLength} fit` }
      return { value: raw }
    case 'date':
      // Dataverse's dates begin with 1753 (SQL Server's datetime).
      if (!isoDate.safeParse(text).success || text < '1753-01-01')
        return { problem: 'is not a date (YYYY-MM-DD)' }
      return { value: text }
    case 'gender': {
      const code = genders.get(text.toLowerCase())
      return code === undefined ? { problem: 'is neither male nor female' } : { value: code }
    }
    default:
      return type satisfies never
  }
}

/** A GUID that depends on the row's place only, so that loading the same file again meets the same contacts. */
function idOfRow(index: number): string {
  const hex = createHash('sha256').update(`people row ${index}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
