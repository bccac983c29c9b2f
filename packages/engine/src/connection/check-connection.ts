import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { DynamicsClient } from '@dynacamp/dynamics-client'
import {
  type CompiledDefinition,
  checkDefinition,
  compileDefinition,
  type EntityName,
  type Registry,
  type Schema,
  type SyncDefinition,
} from '@dynacamp/mapping-dsl'
import { checkActiveCampaign } from './check-active-campaign.ts'
import { checkDynamics } from './check-dynamics.ts'
import { checkTables, type TableUse } from './check-tables.ts'
import { createChecklist } from './checklist.ts'
import type { ConnectionReport } from './connection-step.ts'

/** Settings of {@link checkConnection}. */
export interface CheckConnectionOptions {
  /** Makes the client: what it says about malformed settings becomes a step. */
  readonly dynamics: () => DynamicsClient
  readonly activeCampaign: () => ActiveCampaignClient
  /** What shall be in sync. Left out: everything is looked at that could be. */
  readonly definition?: SyncDefinition
  /** The schema of the definition: mapped columns and fields are looked at too. */
  readonly schema?: Schema
  /** Transforms of the host that the definition names. */
  readonly registry?: Registry
  readonly signal?: AbortSignal
}

const everything: readonly EntityName[] = ['accounts', 'contacts', 'leads', 'opportunities']

/** What the sync does to each table; opt-outs are written to tables that are outbound otherwise. */
const usesOf = (
  definition: SyncDefinition | undefined,
  compiled: CompiledDefinition | undefined,
): readonly TableUse[] =>
  everything.flatMap((entity): readonly TableUse[] => {
    if (definition === undefined) {
      const people = entity !== 'opportunities'
      return [{ entity, writes: people, creates: people, compiled: undefined }]
    }
    const own = definition[entity]
    if (own?.enabled !== true) return []
    const inbound = 'direction' in own && own.direction !== 'outbound'
    const consent =
      (entity === 'contacts' || entity === 'leads') &&
      ['bidirectional', 'inbound'].includes(definition.optOut.direction)
    return [
      {
        entity,
        writes: inbound || consent,
        creates: inbound && own.createInDynamics !== 'never',
        compiled: compiled?.entities.find((candidate) => candidate.entity === entity),
      },
    ]
  })

/** `defineSync` has nowhere to say them: here is where people look before the first run. */
const warningsOf = (
  definition: SyncDefinition,
  schema: Schema,
  registry: Registry | undefined,
): readonly string[] =>
  checkDefinition(definition, schema, registry === undefined ? {} : { registry }).diagnostics.map(
    ({ path, message }) => `Warning at ${path}: ${message}.`,
  )

/**
 * Looks at everything that a sync needs, on both sides, and answers with a checklist: what is fine, what is not and what
 * to do about it, what could not be looked at. Nothing is changed in either service, and no step throws.
 *
 * @throws the reason of the signal, when it is aborted
 *
 * @example
 * ```ts
 * import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
 * import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
 * import { checkConnection, renderConnection } from '@dynacamp/engine'
 *
 * const report = await checkConnection({
 *   dynamics: () =>
 *     createDynamicsClient({
 *       environmentUrl: 'https://contoso.crm4.dynamics.com',
 *       credentials: clientCredentials({ tenantId: '...', clientId: '...', clientSecret: '...' }),
 *     }),
 *   activeCampaign: () => createActiveCampaignClient({ url: 'https://contoso.api-us1.com', key: '...' }),
 * })
 * console.log(renderConnection(report))
 * ```
 */
export const checkConnection = async (options: CheckConnectionOptions): Promise<ConnectionReport> => {
  const { dynamics, activeCampaign, definition, schema, registry, signal } = options
  const checklist = createChecklist(signal)
  const compiled =
    definition === undefined || schema === undefined
      ? undefined
      : await checklist.step({
          id: 'definition',
          title: 'Definition',
          work: () => ({
            found: ['It fits the schema.', ...warningsOf(definition, schema, registry)].join(' '),
            value: compileDefinition(definition, schema, registry),
          }),
          explain: (error) => ({
            found: error instanceof Error ? error.message : 'It does not fit the schema.',
            remedy: 'Correct the definition, or pull the schema again.',
          }),
        })
  const uses = usesOf(definition, compiled)
  const isOn = (entity: EntityName): boolean => uses.some((use) => use.entity === entity)
  const connected = await checkDynamics(checklist, dynamics, signal)
  await checkTables(checklist, connected, uses, signal)
  const optOut = definition?.optOut ?? { direction: 'bidirectional', lists: 'all' as const }
  const people = isOn('contacts') || isOn('leads')
  const use = {
    accounts: isOn('accounts'),
    lists: people && optOut.direction !== 'off' ? optOut.lists : null,
    object: isOn('opportunities') ? (definition?.opportunities?.object ?? null) : undefined,
    compiled: compiled?.entities,
  }
  await checkActiveCampaign(checklist, activeCampaign, use, signal)
  return checklist.report()
}
