import { checkBounds } from '../check/bounds.ts'
import type { Diagnostic } from '../check/diagnostic.ts'
import { InvalidDefinitionError } from '../check/invalid-definition-error.ts'
import type { ColumnsFor } from '../definition/check-types.ts'
import type { EntityName } from '../schema/entity.ts'
import { columnsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import {
  type ActiveCampaignCriteria,
  compileActiveCampaignCriteria,
  compileDynamicsCriteria,
  type DynamicsCriteria,
} from './compile-criteria.ts'
import { type ParsedWhere, parseWhere, type Subjects } from './parse-where.ts'
import { type contactSubjects, inboundSubjects } from './subjects.ts'
import type { Where } from './where.ts'

const refuse = (diagnostics: readonly Diagnostic[]): void => {
  if (diagnostics.length > 0) throw new InvalidDefinitionError(diagnostics)
}

const sound = (where: unknown, subjects: Subjects): ParsedWhere['criterion'] => {
  refuse(checkBounds(where).diagnostics)
  const { criterion, diagnostics } = parseWhere(where, subjects, '')
  refuse(diagnostics)
  return criterion
}

/**
 * Criteria by themselves, outside a definition: compiled once, then asked in any of their readings.
 *
 * @throws InvalidDefinitionError when a condition makes no sense.
 *
 * @example
 * ```ts
 * import { criteria, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const vip = criteria.dynamics(standardSchema, 'contacts', { jobtitle: { contains: 'director' } })
 * console.log(vip.sentence, vip.odata(0), vip.test({ jobtitle: 'Sales Director' }))
 * ```
 */
export const criteria = {
  /** Criteria on rows of D365. */
  dynamics: <S extends Schema, const E extends EntityName>(
    schema: S,
    entity: E,
    where: Where<ColumnsFor<S, E>>,
  ): DynamicsCriteria => {
    const columns = columnsFor(schema, entity)
    return compileDynamicsCriteria(entity, sound(where, columns), columns)
  },
  /** Criteria on contacts of ActiveCampaign, with their tags, lists and status. */
  activeCampaign: <S extends Schema>(
    schema: S,
    where: Where<S['activeCampaign']['contacts'] & typeof contactSubjects>,
  ): ActiveCampaignCriteria => {
    const subjects = inboundSubjects(schema.activeCampaign.contacts, 'contacts')
    return compileActiveCampaignCriteria('contacts', sound(where, subjects), subjects)
  },
} as const
