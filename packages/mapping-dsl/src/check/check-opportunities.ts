import { type OpportunitiesDefinition, opportunitiesAsEntity } from '../definition/definition.ts'
import type { FieldMapping } from '../definition/field-mapping.ts'
import { objectField } from '../definition/object-field.ts'
import { columnsFor } from '../schema/lookup.ts'
import type { CheckContext, MappingPlace } from './check-context.ts'
import { checkCriteria } from './check-entity.ts'
import { checkEach, checkOwnDirection, checkPair, mappedTwice, unknownColumn } from './check-fields.ts'
import { type Diagnostic, problemAt } from './diagnostic.ts'

/** Most fields an opportunity's custom object may have; the official app's own limit. */
const maxFields = 20

const typeOf = ({ as, currency }: FieldMapping): string =>
  [as ?? 'a field without a type', ...(currency === undefined ? [] : [`in ${currency}`])].join(' ')

/** What is permanent once saved: the object, and every field with its type. */
const checkSaved = (now: OpportunitiesDefinition, saved: OpportunitiesDefinition): readonly Diagnostic[] => {
  const moved =
    now.object === saved.object
      ? []
      : [
          problemAt(
            'object-changed',
            'opportunities.object',
            `the object is \`${saved.object}\` for good; a new one would start empty`,
          ),
        ]
  const fields = saved.fields.flatMap((old) => {
    const index = now.fields.findIndex(({ activeCampaign }) => activeCampaign === old.activeCampaign)
    const field = now.fields[index]
    if (field === undefined) {
      const message = `\`${old.activeCampaign}\` was saved and cannot leave the object: keep it with \`enabled: false\` to stop its data`
      return [problemAt('opportunity-field-removed', 'opportunities.fields', message)]
    }
    return field.as === old.as && field.currency === old.currency
      ? []
      : [
          problemAt(
            'opportunity-field-retyped',
            `opportunities.fields[${index}].${field.as === old.as ? 'currency' : 'as'}`,
            `\`${old.activeCampaign}\` was saved as ${typeOf(old)} and stays that, and is now ${typeOf(field)}: map another field for the new type`,
          ),
        ]
  })
  return [...moved, ...fields]
}

/** Everything that is wrong with opportunities. */
export const checkOpportunities = (
  opportunities: OpportunitiesDefinition,
  context: CheckContext,
): readonly Diagnostic[] => {
  const columns = columnsFor(context.schema, 'opportunities')
  const entity = opportunitiesAsEntity(opportunities)
  const place: MappingPlace = { path: 'opportunities', name: 'opportunities', entity, columns, fields: {} }
  const fields = checkEach(place, (mapping, at) => {
    const column = Object.hasOwn(columns, mapping.dynamics) ? columns[mapping.dynamics] : undefined
    const field = objectField(mapping, column)
    return [
      ...checkOwnDirection(mapping, at),
      ...(column === undefined ? [unknownColumn(mapping, at)] : []),
      ...(field === undefined
        ? [
            problemAt(
              'as-missing',
              at.path,
              `say what type of field \`${mapping.activeCampaign}\` is, such as \`as: 'text'\``,
            ),
          ]
        : []),
      ...(field?.type === 'currency' && mapping.currency === undefined
        ? [problemAt('currency-missing', at.path, "say the field's currency, such as `currency: 'EUR'`")]
        : []),
      ...(/^[a-z][a-z0-9-]{0,62}$/.test(mapping.activeCampaign)
        ? []
        : [
            problemAt(
              'malformed',
              `${at.path}.activeCampaign`,
              'the id of a field of a custom object has small letters, digits and hyphens',
            ),
          ]),
      ...(column !== undefined && field !== undefined ? checkPair(mapping, column, field, at, context) : []),
    ]
  })
  const people = [context.definition.contacts, context.definition.leads].some(
    (entity) => entity?.enabled === true,
  )
  return [
    ...fields,
    ...mappedTwice(entity, 'opportunities'),
    ...(opportunities.fields.length > maxFields
      ? [
          problemAt(
            'too-many-fields',
            'opportunities.fields',
            `${opportunities.fields.length} fields; an opportunity has at most ${maxFields}`,
          ),
        ]
      : []),
    ...(opportunities.enabled && !people
      ? [
          problemAt(
            'opportunities-without-people',
            'opportunities',
            'an opportunity is shown on a contact that is in sync: switch contacts or leads on',
          ),
        ]
      : []),
    ...checkCriteria(opportunities.scope, columns, 'opportunities.scope'),
    ...(context.saved?.opportunities === undefined
      ? []
      : checkSaved(opportunities, context.saved.opportunities)),
  ]
}
