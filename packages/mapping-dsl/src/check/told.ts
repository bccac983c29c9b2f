import type { Diagnostic } from './diagnostic.ts'
import { type Path, textOf, withOwners } from './path.ts'

/** What the rules miss where mappings cannot be read. */
const ofMissingMappings = [
  'email-not-mapped',
  'account-not-mapped',
  'name-not-mapped',
  'match-not-mapped',
  'required-column',
  'opportunity-field-removed',
]

/** Criteria keep `undefined` in the place of what cannot be read; their parser knows what to do with it. */
export const isCriterion = ([, setting, ...rest]: Path): boolean =>
  (setting === 'scope' || setting === 'inboundScope') && rest.length > 0

const followUps = (path: Path): readonly string[] => {
  const [entity, list] = path
  const name = String(entity)
  const choices = path.indexOf('choices')
  if (choices > 0) {
    const mapping = textOf(path.slice(0, choices))
    return [`missing-options ${mapping}`, `ambiguous-choices ${mapping}`]
  }
  if (list === 'match' && path.length >= 2) return [`match-identity-first ${name}`]
  const isMissing = path.length === 1 || (list === 'fields' && path.length <= 3)
  return isMissing ? ofMissingMappings.map((code) => `${code} ${name}`) : []
}

/**
 * Whether a rule only finds what was told already: it looks at a place that could not be read, at an object that is empty
 * without it, or misses a mapping that was left out.
 */
export const isFollowUp = (unreadable: readonly Path[], repaired: readonly Path[]) => {
  const places = new Set([...unreadable, ...repaired].map(textOf))
  const emptied = new Set(unreadable.filter(isCriterion).map((path) => textOf(path.slice(0, -1))))
  const caused = new Set([...unreadable, ...repaired].filter((path) => !isCriterion(path)).flatMap(followUps))
  return ({ code, path }: Diagnostic): boolean => {
    if (code === 'undefined-value' || (code === 'empty-condition' && emptied.has(path))) return true
    const owners = withOwners(path)
    return (
      owners.some((owner) => caused.has(`${code} ${owner}`)) ||
      (!code.startsWith('unknown-') && owners.some((owner) => places.has(owner)))
    )
  }
}

/** The path that was written, of one in lists that lost members. */
export const originalPath =
  (kept: ReadonlyMap<string, readonly number[]>) =>
  (path: string): string => {
    let original = ''
    for (const part of path.split(/(?=\[)/)) {
      const index = /^\[(\d+)\](.*)$/.exec(part)
      const [, digits, rest] = index ?? []
      original +=
        digits === undefined ? part : `[${kept.get(original)?.[Number(digits)] ?? digits}]${rest ?? ''}`
    }
    return original
  }
