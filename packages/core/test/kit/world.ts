import type { CompiledDefinition, CompiledEntity, EntityName, Fields } from '@dynacamp/mapping-dsl'
import type { ActiveCampaignObservation, DynamicsObservation, Link } from '../../src/index.ts'

/** A model of both services and of the state between them, for one table of D365. */
export interface World {
  readonly entity: 'contacts' | 'leads' | 'accounts'
  /** The accounts that contacts refer to, where a world has any. */
  readonly accounts: World | undefined
  /** Contacts only: leads, whose rows share the contacts of ActiveCampaign with these. */
  leads: World | undefined
  readonly rows: Map<string, DynamicsObservation>
  /** Rows that were deleted, as they were. */
  readonly deleted: Map<string, DynamicsObservation>
  readonly contacts: Map<string, ActiveCampaignObservation>
  readonly links: Map<string, Link>
  /** Rows that were merged or qualified, each into another one. */
  readonly merged: Map<string, string>
  /** The number of the latest change. */
  readonly version: { latest: number }
}

export const emptyWorld = (entity: World['entity'] = 'contacts', accounts?: World): World => ({
  entity,
  accounts,
  leads: undefined,
  rows: new Map(),
  deleted: new Map(),
  contacts: new Map(),
  links: new Map(),
  merged: new Map(),
  version: { latest: 1 },
})

/** Contacts, and leads beside them. */
export const emptyWorldWithLeads = (): World & { readonly leads: World } => {
  const world = emptyWorld()
  const { contacts, merged, version } = world
  return { ...world, leads: { ...emptyWorld('leads'), contacts, merged, version } }
}

/** The tables that a world consists of, in the order in which they are planned. */
export const tablesOf = (world: World): readonly World[] =>
  [world.accounts, world, world.leads].filter((table) => table !== undefined)

/** The table of an entity. */
export const tableOf = (world: World, entity: EntityName): World =>
  tablesOf(world).find((table) => table.entity === entity) ?? world

export const putRow = (
  world: World,
  id: string,
  fields: Fields,
  more: Partial<DynamicsObservation> = {},
): void => {
  world.version.latest += 1
  world.rows.set(id, { id, etag: `W/"${world.version.latest}"`, fields, ...more })
}

export const deleteRow = ({ rows, deleted }: World, id: string): void => {
  const row = rows.get(id)
  if (row !== undefined) deleted.set(id, row)
  rows.delete(id)
}

export const putContact = (
  world: World,
  id: string,
  fields: Fields,
  more: Partial<ActiveCampaignObservation> = {},
): void => {
  world.contacts.set(id, { id, tags: [], fields, ...more })
}

export const entityIn = (definition: CompiledDefinition, name: EntityName): CompiledEntity => {
  const entity = definition.entities.find(({ entity }) => entity === name)
  if (entity === undefined) throw new Error(`no ${name}`)
  return entity
}
