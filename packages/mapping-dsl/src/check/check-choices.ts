import { fold } from '../codec/text-codecs.ts'
import type { Column } from '../schema/column.ts'
import type { Field } from '../schema/field.ts'
import type { MappedPair, MappingPlace } from './check-context.ts'
import { type Diagnostic, nearest, problemAt, warningAt } from './diagnostic.ts'

const labelsOf = (column: Column): readonly string[] | undefined => {
  if ('options' in column) return Object.values(column.options)
  return 'labels' in column ? [column.labels.true, column.labels.false] : undefined
}

const duplicates = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => texts.findIndex((other) => fold(other) === fold(text)) < index)

/** Whether the explicit table of names makes sense for both sides. */
const checkTable = (
  table: Readonly<Record<string, string>>,
  labels: readonly string[] | undefined,
  field: Field,
  place: MappingPlace,
): readonly Diagnostic[] => {
  if (labels === undefined) {
    return [
      problemAt(
        'choices-without-options',
        `${place.path}.choices`,
        'only choices and yes/no columns have names to map',
      ),
    ]
  }
  const options = 'options' in field ? field.options : undefined
  return Object.entries(table).flatMap(([label, option]) => [
    ...(labels.includes(label)
      ? []
      : [
          problemAt(
            'unknown-option',
            `${place.path}.choices`,
            `no option \`${label.slice(0, 60)}\` in Dynamics 365`,
            nearest(label, labels),
          ),
        ]),
    ...(options === undefined || options.some((known) => fold(known) === fold(option))
      ? []
      : [
          problemAt(
            'unknown-option',
            `${place.path}.choices`,
            `no option \`${option.slice(0, 60)}\` in ActiveCampaign`,
            nearest(option, options),
          ),
        ]),
  ])
}

/** Options that one side has and the other does not, and names that would lead two options to one. */
export const checkChoices = ({
  mapping,
  column,
  field,
  direction,
  place,
}: MappedPair): readonly Diagnostic[] => {
  const labels = labelsOf(column)
  const table = mapping.choices
  const problems = table === undefined ? [] : checkTable(table, labels, field, place)
  if (labels === undefined || problems.length > 0) return problems
  const written = labels.map((label) =>
    table !== undefined && Object.hasOwn(table, label) ? (table[label] ?? label) : label,
  )
  const [twice] = duplicates(written)
  const ambiguous =
    direction !== 'outbound' && twice !== undefined
      ? [
          problemAt(
            'ambiguous-choices',
            `${place.path}.choices`,
            `two options of \`${mapping.dynamics}\` are \`${twice}\` in ActiveCampaign, so it cannot be read back: give each its own${place.entity.direction === 'bidirectional' ? ", or say `direction: 'outbound'`" : ''}`,
          ),
        ]
      : []
  const options = 'options' in field ? field.options : undefined
  const missing =
    options === undefined || direction === 'inbound'
      ? []
      : written.filter((text) => !options.some((option) => fold(option) === fold(text)))
  return missing.length === 0
    ? ambiguous
    : [
        ...ambiguous,
        warningAt(
          'missing-options',
          place.path,
          `\`${mapping.activeCampaign}\` lacks the option${missing.length === 1 ? '' : 's'} ${missing
            .slice(0, 10)
            .map((text) => `\`${text}\``)
            .join(', ')}: records with ${missing.length === 1 ? 'it' : 'them'} hold this field`,
        ),
      ]
}
