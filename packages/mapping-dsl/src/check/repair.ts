import type * as z from 'zod'
import type { SyncDefinition } from '../definition/definition.ts'
import { definitionShape } from '../definition/definition-shape.ts'
import { at, isRecord, type Path, setAt, textOf } from './path.ts'

type Issue = z.core.$ZodIssue

/** Takes a setting away, so that its default holds. */
const absent = Symbol('absent')
/** Takes a member of a list away. */
const leftOut = Symbol('left out')

const entities: readonly unknown[] = ['leads', 'contacts', 'accounts', 'opportunities']

/** A broken setting, and all that it may have been meant to be. */
interface Repair {
  readonly path: Path
  readonly tries: readonly unknown[]
}

/** What is left of a definition with broken settings. */
export interface Repaired {
  /** One for each thing that the broken settings may have been meant to be. */
  readonly variants: readonly SyncDefinition[]
  /** Of lists that lost members: the indices of those that stayed. */
  readonly kept: ReadonlyMap<string, readonly number[]>
  /** Settings and members that are not what was written. */
  readonly lost: readonly Path[]
}

const emptyEntity = { direction: 'bidirectional', fields: [] }
const emptyObject = { object: 'object', fields: [] }

const triesFor = (issue: Issue, path: Path): readonly unknown[] => {
  const [first, last] = [path[0], path.at(-1)]
  if (issue.code === 'invalid_value') return issue.values
  if (issue.code === 'invalid_type' && issue.expected === 'boolean') return [true, false]
  if (path.length === 1 && entities.includes(first)) {
    return [absent, first === 'opportunities' ? emptyObject : emptyEntity]
  }
  if (first === 'guards') return [absent, path.length === 1 ? { maxDeletes: 0 } : 0]
  if (last === 'fields') return [[]]
  if (last === 'object') return ['object']
  return last === 'currency' ? ['EUR'] : [absent]
}

/** The list member that cannot be read without this setting, if it is of one. */
const memberOf = (path: Path): Path | undefined => {
  const index = path.findLastIndex((key) => typeof key === 'number')
  if (index === -1) return undefined
  const setting = path[index + 1]
  const isOption = path[index - 1] === 'fields' && setting !== undefined
  return isOption && setting !== 'dynamics' && setting !== 'activeCampaign'
    ? undefined
    : path.slice(0, index + 1)
}

const planRepair = (issue: Issue): Repair => {
  const member = memberOf(issue.path)
  if (member !== undefined) return { path: member, tries: [leftOut] }
  return { path: issue.path, tries: triesFor(issue, issue.path) }
}

const dropMarked = (readable: unknown, repairs: readonly Repair[]): Repaired['kept'] => {
  const kept = new Map<string, readonly number[]>()
  const lists = new Map(
    repairs
      .filter(({ tries: [to] }) => to === leftOut)
      .map(({ path }) => [textOf(path.slice(0, -1)), path.slice(0, -1)]),
  )
  // The deepest first: the paths of lists inside still have the indices that were written.
  for (const [text, path] of [...lists].sort(([, a], [, b]) => b.length - a.length)) {
    const list = at(readable, path)
    if (!Array.isArray(list)) continue
    const members: readonly unknown[] = list
    const rest = members.filter((member) => member !== leftOut)
    kept.set(
      text,
      members.flatMap((member, index) => (member === leftOut ? [] : [index])),
    )
    setAt(readable, path, rest.length === 0 && path.at(-1) === 'columns' ? undefined : rest)
  }
  return kept
}

const apply = (readable: unknown, { path, tries }: Repair, variant: number): void => {
  const to = tries[variant % tries.length]
  const owner = at(readable, path.slice(0, -1))
  const key = path.at(-1)
  if (to !== absent) setAt(readable, path, to)
  else if (isRecord(owner) && key !== undefined) Reflect.deleteProperty(owner, key)
}

/** Repairs what is wrong with the shape of a readable copy, in place: what cannot be known is tried in every way. */
export const repair = (issues: readonly Issue[], readable: unknown): Repaired => {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const owner = at(readable, issue.path)
    if (isRecord(owner)) for (const key of issue.keys) Reflect.deleteProperty(owner, key)
  }
  const broken = issues.filter(({ code }) => code !== 'unrecognized_keys')
  const repairs = broken.map(planRepair)
  const members = repairs.filter(({ tries: [to] }) => to === leftOut)
  const settings = repairs.filter(({ tries: [to] }) => to !== leftOut)
  const count = Math.max(1, ...new Set(settings.map(({ tries }) => tries.length)))
  const owners = settings.map((one) => ({ ...one, owner: at(readable, one.path.slice(0, -1)) }))
  for (const one of members) apply(readable, one, 0)
  const kept = dropMarked(readable, members)
  const variants = Array.from({ length: count }, (_, variant) => {
    for (const { owner, path, tries } of owners) apply(owner, { path: path.slice(-1), tries }, variant)
    const again = definitionShape.safeParse(readable)
    return again.success ? [again.data] : []
  }).flat()
  return {
    variants,
    kept,
    lost: repairs.map(({ path }) => path),
  }
}
