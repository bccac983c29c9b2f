import { closestMatch } from 'leven'

/** One thing that is wrong with a definition. */
export interface Diagnostic {
  /** Stable name of the rule. */
  readonly code: string
  /** An `error` stops the definition from being used; a `warning` says what it will not do. */
  readonly severity: 'error' | 'warning'
  /** Where, such as `contacts.fields[2].activeCampaign`. */
  readonly path: string
  /** What is wrong, and why. */
  readonly message: string
  /** The nearest valid alternative. */
  readonly suggestion?: string
}

/** Nobody mistypes a longer one, and comparing it with every name takes time. */
const longestName = 64

/** The known name that a mistyped one most likely meant. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > longestName) return undefined
  const wanted = name.toLowerCase()
  const byFolded = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]))
  const maxDistance = Math.max(2, Math.floor(wanted.length / 3))
  return byFolded.get(closestMatch(wanted, [...byFolded.keys()], { maxDistance }) ?? '')
}

/** "; did you mean `x`?" or nothing. */
const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`

/** An error at a path, with the nearest valid alternative when there is one. */
export const problemAt = (code: string, path: string, message: string, suggestion?: string): Diagnostic => ({
  code,
  severity: 'error',
  path,
  message: message + didYouMean(suggestion),
  ...(suggestion === undefined ? {} : { suggestion }),
})

/** Nobody corrects more of a kind at a time, and finding what each meant takes time. */
export const maxProblems = 100

/** That there are more than are listed. */
export const moreProblems = (count: number, path = ''): readonly Diagnostic[] =>
  count > 0 ? [problemAt('more-problems', path, `${count} more of this kind are not listed`)] : []

/** What a definition will not do, though nothing is wrong with it. */
export const warningAt = (code: string, path: string, message: string): Diagnostic => ({
  code,
  severity: 'warning',
  path,
  message,
})
