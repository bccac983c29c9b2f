import type { Column } from '../schema/column.ts'
import { type MappedPair, onlyFlows } from './check-context.ts'
import { type Diagnostic, problemAt, warningAt } from './diagnostic.ts'

/** What a text field of ActiveCampaign's editor holds. */
const textFieldLength = 255

const lengthOf = (column: Column): number | undefined =>
  'maxLength' in column && column.joins === undefined ? column.maxLength : undefined

/** Texts that are longer than what they are mapped to. */
export const checkLength = ({
  mapping,
  column,
  field,
  direction,
  place,
}: MappedPair): readonly Diagnostic[] => {
  const length = lengthOf(column)
  if (length === undefined || mapping.via !== undefined) return []
  const { dynamics, activeCampaign } = mapping
  const shortField = field.type === 'text' || field.type === 'hidden'
  if (shortField && direction !== 'inbound' && length > textFieldLength) {
    const message = `\`${dynamics}\` holds ${length} characters, the text field \`${activeCampaign}\` ${textFieldLength}: map a textarea, or cut with the transform \`truncate\``
    return [warningAt('longer-than-field', place.path, message)]
  }
  if (field.type === 'textarea' && direction !== 'outbound') {
    const message = `the text area \`${activeCampaign}\` may hold more than the ${length} characters of \`${dynamics}\`; a longer value is held`
    return [warningAt('longer-than-column', place.path, message)]
  }
  return []
}

/** Columns that cannot be written the way the mapping wants. */
export const checkAccess = ({ mapping, column, direction, place }: MappedPair): readonly Diagnostic[] => {
  if (direction === 'outbound') return []
  const { dynamics } = mapping
  switch (column.access ?? 'write') {
    case 'write':
      return []
    case 'read': {
      const message = `\`${dynamics}\` is read-only: ${onlyFlows('outbound', place)}`
      return [problemAt('read-only-column', `${place.path}.direction`, message)]
    }
    case 'create': {
      const message = `\`${dynamics}\` is written when a row is created, and never after: what changes in ActiveCampaign later is held`
      return [warningAt('create-only-column', place.path, message)]
    }
    case 'update': {
      const message = `\`${dynamics}\` cannot be set when a row is created; it follows in the next plan`
      return place.entity.createInDynamics === 'never'
        ? []
        : [warningAt('update-only-column', place.path, message)]
    }
  }
}
