import { assertNever, type Criterion, type FieldCriterion } from './criterion.ts'

/** The conditions of a criterion. */
export const conditionsOf = (criterion: Criterion): readonly FieldCriterion[] => {
  switch (criterion.kind) {
    case 'always':
      return []
    case 'and':
    case 'or':
      return criterion.criteria.flatMap(conditionsOf)
    case 'not':
      return conditionsOf(criterion.criterion)
    case 'isSet':
    case 'oneOf':
    case 'match':
    case 'range':
    case 'relative':
    case 'hasAny':
      return [criterion]
    default:
      return assertNever(criterion)
  }
}

/** The fields a criterion looks at, each once. */
export const fieldsUsed = (criterion: Criterion): readonly string[] => [
  ...new Set(conditionsOf(criterion).map(({ field }) => field)),
]

/** Whether what it selects changes as time goes by. */
export const dependsOnTime = (criterion: Criterion): boolean =>
  conditionsOf(criterion).some(({ kind }) => kind === 'relative')
