import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import type { Column } from '../schema/column.ts'
import type { Field } from '../schema/field.ts'
import type { MappingPlace } from './check-fields.ts'
import { type Diagnostic, problemAt, warningAt } from './diagnostic.ts'

/** What a text field of ActiveCampaign's editor holds. */
const textFieldLength = 255

const lengthOf = (column: Column): number | undefined =>
  'maxLength' in column ? column.maxLength : undefined

const checkLength = (
  mapping: FieldMapping,
  column: Column,
  field: Field,
  direction: Direction,
  path: string,
): readonly Diagnostic[] => {
  const length = lengthOf(column)
  if (length === undefined) return []
  const { dynamics, activeCampaign } = mapping
  const shortField = field.type === 'text' || field.type === 'hidden'
  const tooLong =
    direction !== 'inbound' && shortField && length > textFieldLength && !('joins' in column)
      ? [
          warningAt(
            'longer-than-field',
            path,
            `\`${dynamics}\` holds ${length} characters, the text field \`${activeCampaign}\` ${textFieldLength}: map a textarea, or cut with the transform \`truncate\``,
          ),
        ]
      : []
  const tooShort =
    direction !== 'outbound' && field.type === 'textarea'
      ? [
          warningAt(
            'longer-than-column',
            path,
            `the text area \`${activeCampaign}\` may hold more than the ${length} characters of \`${dynamics}\`; a longer value is held`,
          ),
        ]
      : []
  return mapping.via === undefined ? [...tooLong, ...tooShort] : []
}

/** Columns that cannot be written the way the mapping wants. */
export const checkAccess = (
  mapping: FieldMapping,
  column: Column,
  field: Field,
  direction: Direction,
  place: MappingPlace,
): readonly Diagnostic[] => {
  const inward = direction !== 'outbound'
  const { dynamics } = mapping
  const access = column.access ?? 'write'
  const creates = place.entity.createInDynamics !== 'never'
  const blocked: readonly Diagnostic[] =
    !inward || access === 'write'
      ? []
      : access === 'read'
        ? [
            problemAt(
              'read-only-column',
              `${place.path}.direction`,
              `\`${dynamics}\` is read-only: say \`direction: 'outbound'\``,
            ),
          ]
        : access === 'create'
          ? [
              warningAt(
                'create-only-column',
                place.path,
                `\`${dynamics}\` is written when a row is created, and never after`,
              ),
            ]
          : creates
            ? [
                warningAt(
                  'update-only-column',
                  place.path,
                  `\`${dynamics}\` cannot be set when a row is created; it follows with the next change`,
                ),
              ]
            : []
  return [...blocked, ...checkLength(mapping, column, field, direction, place.path)]
}
