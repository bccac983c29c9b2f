import { problem } from '../codec/codec.ts'
import type { Conversion } from '../codec/conversion.ts'
import type { Column } from '../schema/column.ts'

const createOnly = problem(
  'not-writable',
  'Dynamics 365 takes this column when a row is created, and never after.',
)
const updateOnly = problem('not-writable', 'Dynamics 365 takes this column once the row is there.')

/**
 * Some columns are written only when a row is created, or only afterwards. What would be refused then, or ignored, is not sent
 * (docs/discoveries/dynamics-read-only-columns.md).
 */
export const withinAccess = (conversion: Conversion, { access }: Column): Conversion => {
  if (access !== 'create' && access !== 'update') return conversion
  return {
    ...conversion,
    toDynamics: (value, row) => {
      const converted = conversion.toDynamics(value, row)
      const isNew = row === undefined
      if (!converted.ok || isNew === (access === 'create')) return converted
      return isNew ? updateOnly : createOnly
    },
  }
}
