import type { SyncDefinition } from '../definition/definition.ts'
import type { Columns } from '../schema/column.ts'
import type { CheckContext, MappingPlace } from './check-context.ts'
import { type Diagnostic, nearest, problemAt, warningAt } from './diagnostic.ts'

interface Rule {
  readonly broken: boolean
  readonly at: string
  readonly message: string
}

/** Archiving is unsubscribing and forgetting: ActiveCampaign has no archive. */
const withSubscriptions = ['unsubscribe', 'archive']
const accountsStay = "accounts have no subscriptions to end and no archive: say 'keep' or 'unlink'"

/** Policies that contradict each other or the direction. */
export const checkPolicies = (
  { entity, name, path }: MappingPlace,
  { definition }: CheckContext,
): readonly Diagnostic[] => {
  const { direction, createInDynamics, leaving, deleted } = entity
  const writesContacts = ['unsubscribe', 'archive', 'delete']
  const rules: readonly Rule[] = [
    {
      broken: direction === 'outbound' && createInDynamics !== 'never',
      at: 'createInDynamics',
      message: `${name} are outbound, so none can be created in Dynamics 365: say 'never', or make them bidirectional`,
    },
    {
      broken: createInDynamics !== 'all' && Object.keys(entity.inboundScope).length > 0,
      at: 'inboundScope',
      message: "says which contacts become rows, which only `createInDynamics: 'all'` asks for",
    },
    {
      broken: direction === 'outbound' && ['deactivate', 'delete'].includes(deleted.inActiveCampaign),
      at: 'deleted.inActiveCampaign',
      message: `${name} are outbound, so a deletion in ActiveCampaign cannot change Dynamics 365`,
    },
    {
      broken: direction === 'inbound' && writesContacts.includes(deleted.inDynamics),
      at: 'deleted.inDynamics',
      message: `${name} are inbound, so a deletion in Dynamics 365 cannot change ActiveCampaign`,
    },
    {
      broken: direction === 'inbound' && writesContacts.includes(leaving),
      at: 'leaving',
      message: `${name} are inbound, so leaving the scope cannot change ActiveCampaign`,
    },
    {
      broken: name === 'accounts' && withSubscriptions.includes(leaving),
      at: 'leaving',
      message: accountsStay,
    },
    {
      broken: name === 'accounts' && withSubscriptions.includes(deleted.inDynamics),
      at: 'deleted.inDynamics',
      message: accountsStay,
    },
    {
      broken: name === 'accounts' && createInDynamics === 'tagged',
      at: 'createInDynamics',
      message: "accounts have no tags that could ask for a row: say 'all' with an `inboundScope`, or 'never'",
    },
  ]
  const contradictions = rules
    .filter(({ broken }) => broken)
    .map(({ at, message }) => problemAt('contradiction', `${path}.${at}`, message))
  const deletes = deleted.inDynamics === 'delete' || deleted.inActiveCampaign === 'delete'
  return deletes && definition.guards.maxDeletes === undefined
    ? [
        ...contradictions,
        warningAt(
          'unguarded-deletes',
          `${path}.deleted`,
          'deletions are passed on without a limit: set `guards.maxDeletes`',
        ),
      ]
    : contradictions
}

/**
 * A mapping of "do not e-mail": a field of ActiveCampaign would take back what a person said, or the two rules would each remember
 * something else of the column.
 */
export const checkConsentMapped = (
  { entity, name, path, columns: table }: MappingPlace,
  { definition }: CheckContext,
): readonly Diagnostic[] => {
  const { direction, columns } = definition.optOut
  if (direction === 'off' || name === 'accounts') return []
  return entity.fields.flatMap((mapping, index) => {
    // A column that cannot say who opted out is told where it is named as one.
    if (!columns.includes(mapping.dynamics) || table[mapping.dynamics]?.type !== 'boolean') return []
    const message = `\`${mapping.dynamics}\` says who opted out (\`optOut.columns\`) and goes with the lists: leave its mapping to \`${mapping.activeCampaign}\` out`
    return [problemAt('opt-out-mapped', `${path}.fields[${index}].dynamics`, message)]
  })
}

const yesNoColumns = (table: Columns): readonly string[] =>
  Object.entries(table).flatMap(([column, { type }]) => (type === 'boolean' ? [column] : []))

/** A list is named by its id: by anything else, such as its name, nobody would ever be taken off it. */
const checkLists = ({ direction, lists }: SyncDefinition['optOut']): readonly Diagnostic[] =>
  direction === 'off' || lists === 'all'
    ? []
    : lists.flatMap((list, index) =>
        /^\d+$/.test(list)
          ? []
          : [
              problemAt(
                'opt-out-list',
                `optOut.lists[${index}]`,
                `\`${list}\` is no id of a list: name it by its number in ActiveCampaign`,
              ),
            ],
      )

/** What is wrong with the definition as a whole. */
export const checkWhole = ({ definition, schema }: CheckContext): readonly Diagnostic[] => {
  const { optOut, leads, contacts, accounts, opportunities } = definition
  const entities = [leads, contacts, accounts, opportunities]
  const columns = [
    ...(leads?.enabled === true ? ['leads' as const] : []),
    ...(contacts?.enabled === true ? ['contacts' as const] : []),
  ].flatMap((name) =>
    optOut.direction === 'off'
      ? []
      : optOut.columns.flatMap((column, index) =>
          schema.dynamics[name]?.[column]?.type === 'boolean'
            ? []
            : [
                problemAt(
                  'opt-out-column',
                  `optOut.columns[${index}]`,
                  `${name} have no yes/no column \`${column}\``,
                  nearest(column, yesNoColumns(schema.dynamics[name] ?? {})),
                ),
              ],
        ),
  )
  return [
    ...(entities.some((entity) => entity?.enabled === true)
      ? []
      : [warningAt('nothing-on', '', 'no entity is switched on: nothing will be in sync')]),
    ...columns,
    ...checkLists(optOut),
    ...(optOut.resubscribe !== 'never' &&
    optOut.direction !== 'bidirectional' &&
    optOut.direction !== 'outbound'
      ? [
          problemAt(
            'contradiction',
            'optOut.resubscribe',
            'nobody can be subscribed again when opt-outs do not flow to ActiveCampaign',
          ),
        ]
      : []),
  ]
}
