import { printable } from './printable.ts'

/** What was wrong with a data file. `missing`: no such file; `syntax`: not JSON or not CSV; `shape`: a row that is not what the service returns; `empty`: no rows in it. */
export type DataFileProblem = 'missing' | 'syntax' | 'shape' | 'empty'

/**
 * A file of rows that cannot be loaded. Its message is one line that names file, row and problem, fit for a terminal
 * whatever the file holds; nothing of the file was loaded.
 *
 * @example
 * ```ts
 * import { DataFileError, readDynamicsFile } from '@dynacamp/simulators'
 *
 * try {
 *   await readDynamicsFile('contacts.json')
 * } catch (error) {
 *   if (error instanceof DataFileError) console.error(error.message)
 * }
 * ```
 */
export class DataFileError extends Error {
  override readonly name = 'DataFileError'
  readonly code: DataFileProblem
  readonly file: string
  /** Where in the file, as a person would say it: `contacts row 3` or `line 12`. */
  readonly row: string | undefined
  readonly problem: string

  constructor(code: DataFileProblem, file: string, problem: string, row?: string) {
    super(printable([file, row, problem].filter((part) => part !== undefined).join(': ')))
    this.code = code
    this.file = file
    this.row = row
    this.problem = printable(problem)
  }
}
