import type { CompiledDefinition, CompiledEntity, Fields } from '@dynacamp/mapping-dsl'
import {
  type Action,
  type ActiveCampaignObservation,
  assertNever,
  type Candidates,
  type DynamicsObservation,
  hashFields,
  type KeyHolders,
  type Link,
  matchKeysOfActiveCampaign,
  matchKeysOfDynamics,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
  type RecordInput,
} from '../../src/index.ts'

/** A model of both services and of the state between them: what a plan does when every call succeeds. */
export interface World {
  readonly rows: Map<string, DynamicsObservation>
  readonly contacts: Map<string, ActiveCampaignObservation>
  readonly links: Map<string, Link>
  /** Rows that were merged, each into another one. */
  readonly merged: Map<string, string>
  version: number
}

export const emptyWorld = (): World => ({
  rows: new Map(),
  contacts: new Map(),
  links: new Map(),
  merged: new Map(),
  version: 1,
})

export const putRow = (
  world: World,
  id: string,
  fields: Fields,
  more: Partial<DynamicsObservation> = {},
): void => {
  world.version += 1
  world.rows.set(id, { id, etag: `W/"${world.version}"`, fields, ...more })
}

export const putContact = (
  world: World,
  id: string,
  fields: Fields,
  more: Partial<ActiveCampaignObservation> = {},
): void => {
  world.contacts.set(id, { id, tags: [], fields, ...more })
}

export const contactsOf = (definition: CompiledDefinition): CompiledEntity => {
  const entity = definition.entities.find(({ entity }) => entity === 'contacts')
  if (entity === undefined) throw new Error('no contacts')
  return entity
}

const linkOfRow = (world: World, id: string) =>
  [...world.links.values()].find((link) => link.dynamicsId === id)
const linkOfContact = (world: World, id: string) =>
  [...world.links.values()].find((link) => link.activeCampaignId === id)

/** Everybody by key, as a state that has seen both sides completely would know it. */
const candidatesOf = (world: World, entity: CompiledEntity): Candidates => {
  const found: Record<
    string,
    { dynamics: KeyHolders['dynamics'][number][]; activeCampaign: KeyHolders['activeCampaign'][number][] }
  > = {}
  const at = (key: string) => {
    found[key] ??= { dynamics: [], activeCampaign: [] }
    return found[key]
  }
  for (const observation of world.rows.values()) {
    const link = linkOfRow(world, observation.id)
    for (const key of matchKeysOfDynamics(entity, observation.fields)) {
      const contactGone = link !== undefined && !world.contacts.has(link.activeCampaignId)
      at(key).dynamics.push({ entity: 'contacts', observation, ...(link && { link }), contactGone })
    }
  }
  for (const observation of world.contacts.values()) {
    const link = linkOfContact(world, observation.id)
    for (const key of matchKeysOfActiveCampaign(entity, observation.fields)) {
      const row = link && world.rows.get(link.dynamicsId)
      at(key).activeCampaign.push({ observation, ...(link && { link }), ...(row && { row }) })
    }
  }
  return found
}

/** The row that a row ended in, through all its merges. */
const survivorOf = (world: World, id: string): string | undefined => {
  const next = world.merged.get(id)
  return next === undefined ? undefined : (survivorOf(world, next) ?? next)
}

/** What merges mean for a row: whose link it takes over, and who takes over its own. */
const successionOf = (world: World, id: string): Pick<RecordInput, 'predecessors' | 'successor'> => {
  const predecessors = [...world.links.values()].flatMap((link) => {
    const dynamics = world.rows.get(link.dynamicsId)
    if (survivorOf(world, link.dynamicsId) !== id || dynamics === undefined) return []
    const { activeCampaignId } = link
    const activeCampaign =
      world.contacts.get(activeCampaignId) ?? ({ id: activeCampaignId, deleted: true } as const)
    return [{ link, dynamics, activeCampaign }]
  })
  const survivor = survivorOf(world, id)
  if (survivor === undefined) return { predecessors }
  const link = linkOfRow(world, survivor)
  const dynamics = world.rows.get(survivor) ?? ({ id: survivor, deleted: true } as const)
  const contactGone = link !== undefined && !world.contacts.has(link.activeCampaignId)
  return { predecessors, successor: { entity: 'contacts', dynamics, ...(link && { link }), contactGone } }
}

const recordsOf = (world: World): readonly RecordInput[] => {
  const records: RecordInput[] = []
  for (const link of world.links.values()) {
    records.push({
      link,
      ...successionOf(world, link.dynamicsId),
      dynamics: world.rows.get(link.dynamicsId) ?? { id: link.dynamicsId, deleted: true },
      activeCampaign: world.contacts.get(link.activeCampaignId) ?? {
        id: link.activeCampaignId,
        deleted: true,
      },
    })
  }
  for (const dynamics of world.rows.values())
    if (!linkOfRow(world, dynamics.id)) records.push({ dynamics, ...successionOf(world, dynamics.id) })
  for (const activeCampaign of world.contacts.values()) {
    if (!linkOfContact(world, activeCampaign.id)) records.push({ activeCampaign })
  }
  return records
}

/** The whole world as one batch. */
export const inputOf = (
  world: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): PlanInput => ({
  definition,
  entity: 'contacts',
  records: recordsOf(world),
  candidates: candidatesOf(world, contactsOf(definition)),
  settings: { tenant: 'contoso', ...settings },
})

export const planWorld = (
  world: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): Plan => planBatch(inputOf(world, definition, settings))

const written = (action: Action): Fields =>
  Object.fromEntries(action.changes.map(({ field, after }) => [field, after]))

const remember = (world: World, action: Action, activeCampaignId: string): void => {
  const { linkId: id, entity, settles } = action
  const { dynamicsId } = action
  if (dynamicsId === null) throw new Error(`${action.kind} is about no record`)
  const base = world.links.get(id)?.base
  world.links.set(id, {
    id,
    entity,
    dynamicsId,
    activeCampaignId,
    base: {
      dynamics: { ...base?.dynamics, ...settles.dynamics },
      activeCampaign: { ...base?.activeCampaign, ...settles.activeCampaign },
    },
  })
}

const rowOf = (world: World, id: string): DynamicsObservation => {
  const row = world.rows.get(id)
  if (row === undefined) throw new Error(`no row ${id}`)
  return row
}

const contactOf = (world: World, id: string): ActiveCampaignObservation => {
  const contact = world.contacts.get(id)
  if (contact === undefined) throw new Error(`no contact ${id}`)
  return contact
}

/** Refuses what ActiveCampaign refuses: a second contact with an e-mail, and one without. */
const checkEmail = (world: World, id: string | undefined, fields: Fields): void => {
  const email = String(fields.email ?? '').toLowerCase()
  if (email === '') throw new Error('a contact needs an e-mail')
  for (const other of world.contacts.values()) {
    if (other.id !== id && String(other.fields.email ?? '').toLowerCase() === email) {
      throw new Error(`two contacts with ${email}`)
    }
  }
}

const applyAction = (world: World, action: Action): void => {
  switch (action.kind) {
    case 'create-active-campaign-contact': {
      world.version += 1
      const id = String(1000 + world.version)
      checkEmail(world, undefined, written(action))
      putContact(world, id, written(action))
      remember(world, action, id)
      return
    }
    case 'update-active-campaign-contact': {
      const { id, fields, ...more } = contactOf(world, action.activeCampaignId)
      checkEmail(world, id, { ...fields, ...written(action) })
      putContact(world, id, { ...fields, ...written(action) }, more)
      remember(world, action, id)
      return
    }
    case 'create-dynamics-record': {
      if (world.rows.has(action.dynamicsId)) throw new Error(`row ${action.dynamicsId} is there already`)
      putRow(world, action.dynamicsId, written(action))
      remember(world, action, action.activeCampaignId)
      return
    }
    case 'update-dynamics-record': {
      const { id, fields, etag, ...more } = rowOf(world, action.dynamicsId)
      const { dynamicsEtag = etag, dynamicsHash, dynamicsFields = [] } = action.preconditions
      if (etag !== dynamicsEtag) throw new Error(`stale ${id}`)
      if (dynamicsHash !== undefined && hashFields(fields, dynamicsFields) !== dynamicsHash)
        throw new Error(`stale ${id}`)
      putRow(world, id, { ...fields, ...written(action) }, more)
      remember(world, action, action.activeCampaignId)
      return
    }
    case 'link-records':
      remember(world, action, action.activeCampaignId)
      return
    case 'move-link':
      if (world.links.get(action.from.id)?.activeCampaignId !== action.from.activeCampaignId)
        throw new Error(`stale ${action.from.id}`)
      world.links.delete(action.from.id)
      world.links.delete(action.linkId)
      remember(world, action, action.activeCampaignId)
      return
    case 'unlink-records':
      world.links.delete(action.linkId)
      return
    case 'unsubscribe-active-campaign-contact':
    case 'resubscribe-active-campaign-contact': {
      const status = action.kind === 'unsubscribe-active-campaign-contact' ? 'unsubscribed' : 'active'
      const { id, fields, ...more } = contactOf(world, action.activeCampaignId)
      const lists = more.lists?.map((list) =>
        action.lists.includes(list.id) ? ({ ...list, status } as const) : list,
      )
      putContact(world, id, fields, { ...more, ...(lists && { lists }) })
      if (world.links.has(action.linkId)) remember(world, action, id)
      return
    }
    case 'delete-active-campaign-contact':
      world.contacts.delete(action.activeCampaignId)
      return
    case 'delete-dynamics-record':
      world.rows.delete(action.dynamicsId)
      return
    case 'deactivate-dynamics-record': {
      const { id, fields, etag: _, ...more } = rowOf(world, action.dynamicsId)
      putRow(world, id, fields, { ...more, active: false })
      return
    }
    case 'create-custom-object':
    case 'extend-custom-object':
    case 'create-active-campaign-record':
    case 'update-active-campaign-record':
      throw new Error(`${action.kind} is for opportunities: see opportunity-world.ts`)
    default:
      assertNever(action)
  }
}

/** Does what the plan says, each action after those it depends on. */
export const applyPlan = (world: World, plan: Plan): void => {
  const done = new Set<string>()
  let waiting = [...plan.actions]
  while (waiting.length > 0) {
    const ready = waiting.filter((action) => action.dependsOn.every((id) => done.has(id)))
    if (ready.length === 0) throw new Error('actions wait for each other')
    for (const action of ready) {
      applyAction(world, action)
      done.add(action.id)
    }
    waiting = waiting.filter((action) => !done.has(action.id))
  }
}
