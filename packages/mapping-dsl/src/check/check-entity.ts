import { conditionsIn } from '../criteria/criterion.ts'
import { conditionsOf } from '../criteria/fields-used.ts'
import { maxConditions } from '../criteria/odata.ts'
import { parseWhere, type Subjects } from '../criteria/parse-where.ts'
import { inboundSubjects } from '../criteria/subjects.ts'
import type { Conditions, EntityDefinition } from '../definition/definition.ts'
import { placeOf } from '../schema/entity.ts'
import type { CheckContext, MappingPlace } from './check-context.ts'
import { checkFields, directionIn } from './check-fields.ts'
import { checkConsentMapped, checkPolicies } from './check-policies.ts'
import { type Diagnostic, maxProblems, moreProblems, problemAt, warningAt } from './diagnostic.ts'

/** Far more than people write; one more list of values belongs into a column of the row. */
const mostConditions = 5_000

/** Criteria are told about when they are too long for one query; they are evaluated in memory then. */
export const checkCriteria = (where: Conditions, subjects: Subjects, path: string): readonly Diagnostic[] => {
  const { criterion, diagnostics: all } = parseWhere(where, subjects, path)
  const diagnostics = [...all.slice(0, maxProblems), ...moreProblems(all.length - maxProblems, path)]
  const conditions = conditionsIn(criterion)
  if (conditions > mostConditions) {
    return [problemAt('too-large', path, `${conditions} conditions; at most ${mostConditions} are read`)]
  }
  return conditions > maxConditions
    ? [
        ...diagnostics,
        warningAt(
          'not-pushed-down',
          path,
          `${conditions} conditions; Dataverse takes ${maxConditions} in one query, so every row is read and tested here`,
        ),
      ]
    : diagnostics
}

const maps = (entity: EntityDefinition, field: string): boolean =>
  entity.fields.some(({ activeCampaign }) => activeCampaign === field)

/** Mappings that cannot be switched off. */
const checkIndispensable = (place: MappingPlace, { definition }: CheckContext): readonly Diagnostic[] => {
  const { entity, name, path } = place
  const at = `${path}.fields`
  if (name === 'accounts') {
    return maps(entity, 'name')
      ? []
      : [problemAt('name-not-mapped', at, 'accounts are recognised by name: map `name` to `name`')]
  }
  const accountsOn = definition.accounts?.enabled === true
  return [
    ...(maps(entity, 'email')
      ? []
      : [
          problemAt(
            'email-not-mapped',
            at,
            `${name} are recognised by e-mail address: map \`emailaddress1\` to \`email\``,
          ),
        ]),
    ...(accountsOn && !maps(entity, 'account')
      ? [
          problemAt(
            'account-not-mapped',
            at,
            `accounts are in sync, so ${name} must keep their account: map it to \`account\``,
          ),
        ]
      : []),
    ...(!accountsOn && maps(entity, 'account')
      ? [
          warningAt(
            'accounts-off',
            at,
            `${name} map their account, but accounts are off: the relation is not kept`,
          ),
        ]
      : []),
  ]
}

const checkMatch = ({ entity, name, path }: MappingPlace): readonly Diagnostic[] => {
  const identity = name === 'accounts' ? 'name' : 'email'
  const notMapped = entity.match.flatMap(({ dynamics, activeCampaign }, index) =>
    entity.fields.some((field) => field.dynamics === dynamics && field.activeCampaign === activeCampaign)
      ? []
      : [
          problemAt(
            'match-not-mapped',
            `${path}.match[${index}]`,
            `\`${dynamics}\` and \`${activeCampaign}\` are not mapped to each other`,
          ),
        ],
  )
  const first = entity.match[0]
  return first === undefined || first.activeCampaign === identity
    ? notMapped
    : [
        ...notMapped,
        problemAt(
          'match-identity-first',
          `${path}.match[0]`,
          `ActiveCampaign has one record per ${identity}, so \`${identity}\` must be matched first`,
        ),
      ]
}

/** What a record is recognised by must get to where records are made: it could not be made, or not be found again. */
const checkKeyFlows = ({ entity, name, path }: MappingPlace): readonly Diagnostic[] => {
  const identity = name === 'accounts' ? 'name' : 'email'
  const index = entity.fields.findIndex(({ activeCampaign }) => activeCampaign === identity)
  const mapping = entity.fields[index]
  if (mapping === undefined || entity.direction !== 'bidirectional') return []
  const direction = directionIn(entity, mapping)
  const makesRows = entity.createInDynamics !== 'never'
  const target =
    direction === 'inbound' ? 'ActiveCampaign' : direction === 'outbound' && makesRows ? 'Dynamics 365' : ''
  if (target === '') return []
  const message = `${name} are created in ${target} too, and cannot be without the ${identity} they are recognised by: leave \`direction\` out`
  return [problemAt('key-stays-behind', `${path}.fields[${index}].direction`, message)]
}

/** Required columns that a row made from ActiveCampaign would lack. */
const checkRequired = ({ entity, name, columns, path }: MappingPlace): readonly Diagnostic[] => {
  if (entity.createInDynamics === 'never') return []
  const filled = new Set(
    entity.fields
      .filter((mapping) => (mapping.direction ?? entity.direction) !== 'outbound')
      .map(({ dynamics }) => dynamics),
  )
  return Object.entries(columns).flatMap(([column, { required, access }]) => {
    if (required === undefined || access === 'read' || filled.has(column)) return []
    const message = `\`${column}\` is required, and no inbound mapping fills it when ${name} are created`
    return [
      required === 'system'
        ? problemAt('required-column', path, message)
        : warningAt('required-column', path, message),
    ]
  })
}

/** Conditions on what nobody reads of a contact: tags that are not named, and its account while accounts are off. */
const checkUnread = (place: MappingPlace, { definition }: CheckContext): readonly Diagnostic[] => {
  const { entity, name, fields } = place
  const path = `${place.path}.inboundScope`
  if (name === 'accounts' || entity.createInDynamics !== 'all') return []
  const { criterion } = parseWhere(entity.inboundScope, inboundSubjects(fields, placeOf[name]), path)
  const conditions = conditionsOf(criterion)
  const onAnyTag = conditions.some(({ kind, field }) => kind === 'isSet' && field === 'tags')
  const onAccount =
    definition.accounts?.enabled !== true && conditions.some(({ field }) => fields[field]?.type === 'account')
  return [
    ...(onAnyTag
      ? [
          problemAt(
            'unread-condition',
            `${path}.tags`,
            'only tags that are named are looked up: name them, with `hasAny` or `hasNone`',
          ),
        ]
      : []),
    ...(onAccount
      ? [
          problemAt(
            'unread-condition',
            path,
            'accounts are off, so nobody reads which account a contact is in: leave the condition out',
          ),
        ]
      : []),
  ]
}

/** Everything that is wrong with leads, contacts or accounts. */
export const checkEntity = (place: MappingPlace, context: CheckContext): readonly Diagnostic[] => [
  ...checkFields(place, context),
  ...checkIndispensable(place, context),
  ...checkMatch(place),
  ...checkKeyFlows(place),
  ...checkRequired(place),
  ...checkCriteria(place.entity.scope, place.columns, `${place.path}.scope`),
  ...checkCriteria(
    place.entity.inboundScope,
    inboundSubjects(place.fields, placeOf[place.name]),
    `${place.path}.inboundScope`,
  ),
  ...checkUnread(place, context),
  ...checkConsentMapped(place, context),
  ...checkPolicies(place, context),
]
