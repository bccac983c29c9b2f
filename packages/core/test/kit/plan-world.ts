import type { CompiledDefinition } from '@dynacamp/mapping-dsl'
import {
  type Action,
  type Candidates,
  type KeyHolders,
  type Link,
  matchKeysOfActiveCampaign,
  matchKeysOfDynamics,
  mergePlans,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
  type RecordInput,
  type References,
  type ReferenceTarget,
  referenceKey,
} from '../../src/index.ts'
import { entityIn, tableOf, tablesOf, type World } from './world.ts'

const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}

const linkOfRow = (world: World, id: string): Link | undefined =>
  [...world.links.values()].find((link) => link.dynamicsId === id)

const linksOfContact = (tables: readonly World[], id: string): readonly Link[] =>
  tables.flatMap(({ links }) => [...links.values()].filter((link) => link.activeCampaignId === id))

/** The tables whose rows end in the same records of ActiveCampaign, this one first. */
const rivalsOf = (whole: World, table: World): readonly World[] => [
  table,
  ...tablesOf(whole).filter((other) => other !== table && other.contacts === table.contacts),
]

/** The row that a row ended in, through all its merges. */
const survivorOf = (world: World, id: string): string | undefined => {
  const next = world.merged.get(id)
  return next === undefined ? undefined : (survivorOf(world, next) ?? next)
}

/** What merges mean for a row: whose link it takes over, and who takes over its own. */
const successionOf = (
  rivals: readonly World[],
  table: World,
  id: string,
): Pick<RecordInput, 'predecessors' | 'successor'> => {
  const predecessors = rivals.flatMap(({ links, rows, contacts }) =>
    [...links.values()].flatMap((link) => {
      const dynamics = rows.get(link.dynamicsId)
      if (survivorOf(table, link.dynamicsId) !== id || dynamics === undefined) return []
      const { activeCampaignId } = link
      const activeCampaign =
        contacts.get(activeCampaignId) ?? ({ id: activeCampaignId, deleted: true } as const)
      return [{ link, dynamics, activeCampaign }]
    }),
  )
  const survivor = survivorOf(table, id)
  if (survivor === undefined) return { predecessors }
  const { entity, rows, links, contacts } = rivals.find((rival) => rival.rows.has(survivor)) ?? table
  const link = [...links.values()].find(({ dynamicsId }) => dynamicsId === survivor)
  const dynamics = rows.get(survivor) ?? ({ id: survivor, deleted: true } as const)
  const contactGone = link !== undefined && !contacts.has(link.activeCampaignId)
  return { predecessors, successor: { entity, dynamics, ...(link && { link }), contactGone } }
}

/** Everybody by key, as a state that has seen both sides completely would know it. */
const candidatesOf = (whole: World, table: World, definition: CompiledDefinition): Candidates => {
  const found: Record<
    string,
    { dynamics: KeyHolders['dynamics'][number][]; activeCampaign: KeyHolders['activeCampaign'][number][] }
  > = {}
  const at = (key: string) => {
    found[key] ??= { dynamics: [], activeCampaign: [] }
    return found[key]
  }
  const rivals = rivalsOf(whole, table)
  for (const { entity, rows, contacts, links } of rivals) {
    for (const observation of rows.values()) {
      const link = [...links.values()].find(({ dynamicsId }) => dynamicsId === observation.id)
      for (const key of matchKeysOfDynamics(entityIn(definition, entity), observation.fields)) {
        const contact = link && contacts.get(link.activeCampaignId)
        const contactGone = link !== undefined && contact === undefined
        const { predecessors } = successionOf(rivals, table, observation.id)
        const heritage = contact === undefined && predecessors?.length ? { predecessors } : {}
        const more = { ...(link && { link }), ...(contact && { contact }), contactGone, ...heritage }
        at(key).dynamics.push({ entity, observation, ...more })
      }
    }
  }
  for (const observation of table.contacts.values()) {
    const [link] = linksOfContact(rivals, observation.id)
    for (const key of matchKeysOfActiveCampaign(entityIn(definition, table.entity), observation.fields)) {
      const row = link && tableOf(whole, link.entity).rows.get(link.dynamicsId)
      at(key).activeCampaign.push({ observation, ...(link && { link }), ...(row && { row }) })
    }
  }
  return found
}

const recordsOf = (whole: World, table: World): readonly RecordInput[] => {
  const rivals = rivalsOf(whole, table)
  const records: RecordInput[] = []
  for (const link of table.links.values()) {
    records.push({
      link,
      ...successionOf(rivals, table, link.dynamicsId),
      dynamics: table.rows.get(link.dynamicsId) ?? { id: link.dynamicsId, deleted: true },
      activeCampaign: table.contacts.get(link.activeCampaignId) ?? {
        id: link.activeCampaignId,
        deleted: true,
      },
    })
  }
  for (const dynamics of table.rows.values()) {
    if (!linkOfRow(table, dynamics.id))
      records.push({ dynamics, ...successionOf(rivals, table, dynamics.id) })
  }
  for (const activeCampaign of table.contacts.values()) {
    if (linksOfContact(rivals, activeCampaign.id).length === 0) records.push({ activeCampaign })
  }
  return records
}

/** What every account comes to: linked, made by one of these actions, or not in sync. */
const referencesTo = (accounts: World | undefined, actions: readonly Action[]): References => {
  const found: Record<string, ReferenceTarget> = {}
  if (accounts === undefined) return found
  const add = (
    dynamicsId: string | null,
    activeCampaignId: string | null,
    plannedBy: string | null,
  ): void => {
    const target = { entity: 'accounts', title: null, dynamicsId, activeCampaignId, plannedBy } as const
    if (dynamicsId !== null) found[referenceKey('dynamics', 'accounts', dynamicsId)] = target
    if (activeCampaignId !== null)
      found[referenceKey('activeCampaign', 'accounts', activeCampaignId)] = target
  }
  for (const id of accounts.rows.keys()) add(id, null, null)
  for (const id of accounts.contacts.keys()) add(null, id, null)
  for (const { id, kind, dynamicsId, activeCampaignId } of actions) {
    if (kind.startsWith('create-') || kind === 'link-records') add(dynamicsId, activeCampaignId, id)
  }
  for (const { dynamicsId, activeCampaignId } of accounts.links.values()) {
    if (accounts.rows.has(dynamicsId) && accounts.contacts.has(activeCampaignId))
      add(dynamicsId, activeCampaignId, null)
  }
  return found
}

/** A table of a world as one batch; `planned` are the actions on accounts that go before it. */
export const inputOf = (
  whole: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
  planned: readonly Action[] = [],
  table: World = whole,
): PlanInput => ({
  definition,
  entity: table.entity,
  // The planner only looks: writing to what it is given throws.
  records: frozen(recordsOf(whole, table)),
  candidates: frozen(candidatesOf(whole, table, definition)),
  references: frozen(referencesTo(table.accounts, planned)),
  settings: { tenant: 'contoso', ...settings },
})

/** Plans every table, accounts before those who refer to them, in one plan. */
export const planTables = (
  whole: World,
  planTable: (table: World, planned: readonly Action[]) => Plan,
): Plan => {
  const plans: Plan[] = []
  for (const table of tablesOf(whole)) {
    const planned = plans.flatMap(({ actions }) => actions)
    plans.push(planTable(table, planned))
  }
  const [first, ...more] = plans
  return first !== undefined && more.length === 0 ? first : mergePlans(plans)
}

export const planWorld = (
  world: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): Plan =>
  planTables(world, (table, planned) => planBatch(inputOf(world, definition, settings, planned, table)))
