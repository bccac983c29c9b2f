import { compatibility } from '../codec/compatibility.ts'
import { canonicalJson } from '../json/canonical.ts'
import type { Access, Column, ColumnType } from './column.ts'
import type { Field, FieldType } from './field.ts'

/** What became of a column or field, and what that means for a definition that maps it. */
export interface TraitChange {
  readonly change:
    | 'added'
    | 'removed'
    | 'retyped'
    | 'length'
    | 'options'
    | 'access'
    | 'required'
    | 'range'
    | 'behavior'
    | 'targets'
    | 'navigation'
    | 'currency'
    | 'label'
  /** `breaks`: the definition is refused, or values are; `review`: some values may be held; `none`: nothing. */
  readonly effect: 'breaks' | 'review' | 'none'
  readonly message: string
}

type Labels = Readonly<Record<string, string>>

/** Everything that a column or field may say about itself, whatever its type. */
interface Traits {
  readonly type: string
  readonly label?: string
  readonly access?: Access
  readonly required?: string
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly precision?: number
  readonly behavior?: string
  readonly targets?: readonly string[]
  readonly navigation?: Labels
  readonly currency?: string
}

const changed = (
  change: TraitChange['change'],
  effect: TraitChange['effect'],
  message: string,
): TraitChange => ({ change, effect, message })

const list = (texts: readonly string[]): string => texts.map((text) => JSON.stringify(text)).join(', ')

const lengthChange = ({ maxLength: was }: Traits, { maxLength: is }: Traits): readonly TraitChange[] => {
  if (was === is || was === undefined || is === undefined) return []
  return is < was
    ? [changed('length', 'review', `holds ${is} characters, was ${was}: longer values are held`)]
    : [changed('length', 'none', `holds ${is} characters, was ${was}`)]
}

const ways = { write: 'create update', create: 'create', update: 'update', read: '' } as const

const accessChange = (
  { access: was = 'write' }: Traits,
  { access: is = 'write' }: Traits,
): readonly TraitChange[] => {
  if (was === is) return []
  const lost = ways[was].split(' ').some((way) => !ways[is].includes(way))
  return lost
    ? [
        changed(
          'access',
          is === 'read' ? 'breaks' : 'review',
          `can be written: ${is}, was ${was}: map it outbound`,
        ),
      ]
    : [changed('access', 'none', `can be written: ${is}, was ${was}`)]
}

const requiredChange = ({ required: was }: Traits, { required: is }: Traits): readonly TraitChange[] => {
  if (was === is) return []
  if (is === undefined) return [changed('required', 'none', 'is no longer required')]
  const message = 'is required now: a definition that creates rows in Dynamics 365 must fill it'
  return [changed('required', is === 'system' ? 'breaks' : 'review', message)]
}

const shown = (bound: number | undefined): string => (bound === undefined ? 'any' : String(bound))

const rangeChange = (was: Traits, is: Traits): readonly TraitChange[] =>
  (['min', 'max', 'precision'] as const)
    .filter((bound) => was[bound] !== is[bound])
    .map((bound) => {
      const message = `${bound} is ${shown(is[bound])}, was ${shown(was[bound])}: values outside are held`
      return changed('range', 'review', message)
    })

const behaviorChange = ({ behavior: was }: Traits, { behavior: is }: Traits): readonly TraitChange[] =>
  was === is
    ? []
    : [
        changed(
          'behavior',
          'review',
          `its date-times are ${is}, were ${was}: the same text means another instant`,
        ),
      ]

const targetsChange = (
  { targets: was = [] }: Traits,
  { targets: is = [] }: Traits,
): readonly TraitChange[] =>
  canonicalJson(was.toSorted()) === canonicalJson(is.toSorted())
    ? []
    : [changed('targets', 'review', `points to ${list(is)}, pointed to ${list(was)}`)]

const navigationChange = (
  { navigation: was = {} }: Traits,
  { navigation: is = {} }: Traits,
): readonly TraitChange[] =>
  canonicalJson(was) === canonicalJson(is)
    ? []
    : [
        changed(
          'navigation',
          'breaks',
          'is written through another navigation property: pull the schema again, or writes are refused',
        ),
      ]

const currencyChange = ({ currency: was }: Traits, { currency: is }: Traits): readonly TraitChange[] =>
  was === is ? [] : [changed('currency', 'breaks', `is in ${is}, was in ${was}: amounts are not converted`)]

const labelChange = ({ label: was }: Traits, { label: is }: Traits): readonly TraitChange[] =>
  was === is
    ? []
    : [changed('label', 'none', `is called ${JSON.stringify(is ?? '')}, was ${JSON.stringify(was ?? '')}`)]

/** Options by what identifies them: the number of a choice, yes or no, or the text itself. */
const optionsOf = (subject: Column | Field): Labels => {
  if ('labels' in subject) return subject.labels
  if (!('options' in subject)) return {}
  const { options } = subject
  return Array.isArray(options)
    ? Object.fromEntries(options.map((option) => [option, option]))
    : Object.fromEntries(Object.entries(options))
}

const optionChanges = (before: Labels, after: Labels): readonly TraitChange[] => {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key))
  const fresh = Object.keys(after).filter((key) => !Object.hasOwn(before, key))
  const renamed = Object.keys(before).filter((key) => Object.hasOwn(after, key) && after[key] !== before[key])
  const labels = (keys: readonly string[], of: Labels): string => list(keys.map((key) => of[key] ?? key))
  const named = renamed.map((key) => `${JSON.stringify(before[key])} to ${JSON.stringify(after[key])}`)
  return [
    ...(gone.length > 0
      ? [
          changed(
            'options',
            'review',
            `has lost the options ${labels(gone, before)}: values that mean them are held`,
          ),
        ]
      : []),
    ...(named.length > 0
      ? [
          changed(
            'options',
            'review',
            `renamed options: ${named.join(', ')}: the other side must know the new names`,
          ),
        ]
      : []),
    ...(fresh.length > 0
      ? [
          changed(
            'options',
            'review',
            `has new options ${labels(fresh, after)}: held until the other side has them`,
          ),
        ]
      : []),
  ]
}

const traitChanges = (was: Traits, is: Traits): readonly TraitChange[] => [
  ...lengthChange(was, is),
  ...accessChange(was, is),
  ...requiredChange(was, is),
  ...rangeChange(was, is),
  ...behaviorChange(was, is),
  ...targetsChange(was, is),
  ...navigationChange(was, is),
  ...currencyChange(was, is),
  ...labelChange(was, is),
]

const retyped = (was: string, is: string, lost: readonly string[]): TraitChange => {
  const message =
    lost.length === 0
      ? `is ${is}, was ${was}: every mapping still fits; values may read differently`
      : `is ${is}, was ${was}: no longer fits ${lost.join(', ')}`
  return changed('retyped', lost.length === 0 ? 'review' : 'breaks', message)
}

const fits = (column: ColumnType, field: FieldType): boolean => Object.hasOwn(compatibility[column], field)

const columnTypes = (): readonly ColumnType[] =>
  Object.keys(compatibility).filter((name): name is ColumnType => Object.hasOwn(compatibility, name))

/** What became of a column. */
export const columnChanges = (was: Column, is: Column): readonly TraitChange[] => {
  if (was.type !== is.type) {
    const lost = Object.keys(compatibility[was.type]).filter(
      (field) => !Object.hasOwn(compatibility[is.type], field),
    )
    return [
      retyped(
        was.type,
        is.type,
        lost.map((field) => `${field} fields`),
      ),
    ]
  }
  return [...optionChanges(optionsOf(was), optionsOf(is)), ...traitChanges(was, is)]
}

/** What became of a field. */
export const fieldChanges = (was: Field, is: Field): readonly TraitChange[] => {
  if (was.type !== is.type) {
    const lost = columnTypes().filter((column) => fits(column, was.type) && !fits(column, is.type))
    return [
      retyped(
        was.type,
        is.type,
        lost.map((column) => `${column} columns`),
      ),
    ]
  }
  return [...optionChanges(optionsOf(was), optionsOf(is)), ...traitChanges(was, is)]
}
