import type { ChoiceOption, ColumnInfo, LookupRelationship } from '@dynacamp/dynamics-client'
import { type Access, type Column, usualNavigation } from '@dynacamp/mapping-dsl'
import { byCodeUnits, byName } from './by-name.ts'
import type { SchemaProblem } from './schema-problem.ts'

/** A column as the schema has it, or why it has none, or both: what to know before mapping it. */
export interface ReadColumn {
  readonly column?: Column
  readonly problem?: Pick<SchemaProblem, 'code' | 'message'>
}

const accessOf = ({ canCreate, canUpdate }: ColumnInfo): Access => {
  if (canCreate) return canUpdate ? 'write' : 'create'
  return canUpdate ? 'update' : 'read'
}

/** Types that the service fills in when a row is created without them, though it calls some of them required. */
const filledByService: ReadonlySet<string> = new Set([
  'UniqueidentifierType',
  'OwnerType',
  'StateType',
  'StatusType',
  'BooleanType',
])

const requiredOf = ({ requiredLevel, type }: ColumnInfo): 'business' | 'system' | undefined => {
  if (requiredLevel === 'ApplicationRequired') return 'business'
  return requiredLevel === 'SystemRequired' && !filledByService.has(type) ? 'system' : undefined
}

const traitsOf = (info: ColumnInfo) => {
  const access = accessOf(info)
  const required = requiredOf(info)
  const { label, logicalName } = info
  return {
    ...(access === 'write' ? {} : { access }),
    ...(required === undefined ? {} : { required }),
    ...(label === undefined || label === logicalName ? {} : { label }),
  }
}

const labelOf = ({ label, labels, value }: ChoiceOption): string =>
  label ?? Object.values(labels)[0] ?? String(value)

/** By value, so that the order in which an administrator shows them changes nothing. */
const optionsOf = ({ options = [] }: ColumnInfo): Readonly<Record<number, string>> =>
  Object.fromEntries(
    options.toSorted((a, b) => a.value - b.value).map((option) => [option.value, labelOf(option)]),
  )

const booleanLabels = ({ options = [] }: ColumnInfo) => {
  const labelAt = (value: number, otherwise: string): string => {
    const option = options.find((each) => each.value === value)
    return option === undefined ? otherwise : labelOf(option)
  }
  return { true: labelAt(1, 'Yes'), false: labelAt(0, 'No') }
}

const textTypes: ReadonlyMap<string | undefined, 'email' | 'phone' | 'url' | 'memo'> = new Map([
  ['Email', 'email'],
  ['Phone', 'phone'],
  ['Url', 'url'],
  ['TextArea', 'memo'],
] as const)

const numberTypes: ReadonlyMap<string, 'wholeNumber' | 'decimal' | 'float' | 'money'> = new Map([
  ['IntegerType', 'wholeNumber'],
  ['DecimalType', 'decimal'],
  ['DoubleType', 'float'],
  ['MoneyType', 'money'],
] as const)

const numbersOf = ({ minValue, maxValue, precision }: ColumnInfo) => ({
  ...(minValue === undefined ? {} : { min: minValue }),
  ...(maxValue === undefined ? {} : { max: maxValue }),
  ...(precision === undefined ? {} : { precision }),
})

/** A lookup, with those navigation properties that do not follow from its name. */
const lookupOf = (
  { logicalName, targets = [] }: ColumnInfo,
  lookups: readonly LookupRelationship[],
): Column => {
  const others = lookups
    .filter(
      ({ column, target, navigation }) =>
        column === logicalName &&
        targets.includes(target) &&
        navigation !== usualNavigation(logicalName, targets, target),
    )
    .map(({ target, navigation }) => [target, navigation] as const)
    .toSorted(byName)
  return {
    type: 'lookup',
    targets: targets.toSorted(byCodeUnits),
    ...(others.length > 0 && { navigation: Object.fromEntries(others) }),
  }
}

/**
 * A column's type in the words of the schema, without what every column has.
 *
 * Source: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/web-api-properties
 */
const typed = (info: ColumnInfo, lookups: readonly LookupRelationship[]): Column | undefined => {
  switch (info.type) {
    case 'StringType':
      return { type: textTypes.get(info.format) ?? 'text', maxLength: info.maxLength ?? 100 }
    case 'MemoType':
      return { type: 'memo', maxLength: info.maxLength ?? 2000 }
    case 'BigIntType':
      return { type: 'bigInt' }
    case 'BooleanType':
      return { type: 'boolean', labels: booleanLabels(info) }
    case 'PicklistType':
      return { type: 'choice', options: optionsOf(info) }
    case 'MultiSelectPicklistType':
      return { type: 'choices', options: optionsOf(info) }
    case 'StateType':
      return { type: 'state', options: optionsOf(info) }
    case 'StatusType':
      return { type: 'status', options: optionsOf(info) }
    case 'DateTimeType':
      if (info.dateBehavior === 'DateOnly') return { type: 'dateOnly' }
      return {
        type: 'dateTime',
        behavior: info.dateBehavior === 'TimeZoneIndependent' ? 'timeZoneIndependent' : 'userLocal',
      }
    case 'LookupType':
    case 'CustomerType':
      return lookupOf(info, lookups)
    case 'OwnerType':
      return { type: 'owner' }
    case 'UniqueidentifierType':
      return { type: 'uniqueId' }
    default: {
      const type = numberTypes.get(info.type)
      return type === undefined ? undefined : { type, ...numbersOf(info) }
    }
  }
}

const withoutValue: Readonly<Record<string, string>> = {
  ImageType: 'is an image: its bytes have an endpoint of their own',
  FileType: 'is a file: its bytes have an endpoint of their own',
  VirtualType: 'is computed for forms and holds no value',
  EntityNameType: 'names the table that a lookup points to; map the lookup',
  ManagedPropertyType: 'is a setting of solutions',
  CalendarRulesType: 'is a collection of rules, not a value',
  PartyListType: 'is a list of rows of an activity, not a value',
}

const computed =
  'is computed: map it outbound; a new value alone does not mark its row as changed, so it follows with the next change'

const reservation = (info: ColumnInfo, column: Column): ReadColumn['problem'] =>
  info.isComputed ? { code: 'computed', message: computed } : ambiguous(column)

const ambiguous = (column: Column): ReadColumn['problem'] => {
  if (!('options' in column)) return undefined
  const labels = Object.values(column.options)
  const twice = labels.find((label, at) => labels.indexOf(label) !== at)
  if (twice === undefined) return undefined
  const message = `has several options with the label ${JSON.stringify(twice)}: a label cannot tell them apart; rename one`
  return { code: 'ambiguous-labels', message }
}

/**
 * Reads one column of the metadata.
 *
 * @param lookups - The lookups of its table.
 */
export const toColumn = (info: ColumnInfo, lookups: readonly LookupRelationship[]): ReadColumn => {
  // Every lookup and choice has such a shadow; only its column itself can be mapped, and nobody misses the rest.
  if (info.attributeOf !== undefined && !info.canRead) return {}
  if (!info.canRead) return { problem: { code: 'not-readable', message: 'cannot be read through the API' } }
  const reason = withoutValue[info.type]
  if (reason !== undefined) return { problem: { code: 'no-value', message: reason } }
  const type = typed(info, lookups)
  if (type === undefined) {
    const message = `is of a type that mappings do not know: ${JSON.stringify(info.type)}`
    return { problem: { code: 'unknown-type', message } }
  }
  const column = { ...type, ...traitsOf(info) }
  const problem = reservation(info, column)
  return problem === undefined ? { column } : { column, problem }
}
