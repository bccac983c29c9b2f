import type { RowProblem } from '../row-reader.ts'

/**
 * Thrown at the end of an iteration over rows, after every sound row was handed over, when some rows were not as the
 * schema says. Read `byPage()` instead to handle such rows where they occur.
 *
 * @example
 * import { RowProblemsError } from '@dynacamp/dynamics-client'
 *
 * const unreadable = (error: unknown) =>
 *   error instanceof RowProblemsError ? error.problems.map((problem) => problem.id) : []
 */
export class RowProblemsError extends Error {
  override readonly name = 'RowProblemsError'
  readonly code = 'row-problems'
  /** How many rows there were. */
  readonly count: number
  /** The first hundred. */
  readonly problems: readonly RowProblem[]

  constructor(count: number, problems: readonly RowProblem[]) {
    const [first] = problems
    const [issue] = first?.issues ?? []
    super(
      `${count} rows of ${first?.entitySet} could not be read, the first (${first?.id ?? 'no id'}) at ${issue?.path}: ${issue?.message}`,
    )
    this.count = count
    this.problems = problems
  }

  toJSON(): Readonly<Record<string, unknown>> {
    const { name, code, message, count } = this
    // Without the rows themselves: they hold personal data.
    return { name, code, message, count, problems: this.problems.map(({ id, issues }) => ({ id, issues })) }
  }
}
