import type { CompiledDefinition, CompiledEntity, EntityName, Fields } from '@dynacamp/mapping-dsl'
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
  mergePlans,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
  type RecordInput,
  type References,
  type ReferenceTarget,
  referenceKey,
  type SetActiveCampaignAccount,
} from '../../src/index.ts'

/** A model of both services and of the state between them: what a plan does when every call succeeds. */
export interface World {
  readonly entity: 'contacts' | 'accounts'
  /** The accounts that contacts refer to, where a world has any. */
  readonly accounts: World | undefined
  readonly rows: Map<string, DynamicsObservation>
  readonly contacts: Map<string, ActiveCampaignObservation>
  readonly links: Map<string, Link>
  /** Rows that were merged, each into another one. */
  readonly merged: Map<string, string>
  version: number
}

export const emptyWorld = (entity: World['entity'] = 'contacts', accounts?: World): World => ({
  entity,
  accounts,
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

export const entityIn = (definition: CompiledDefinition, name: EntityName): CompiledEntity => {
  const entity = definition.entities.find(({ entity }) => entity === name)
  if (entity === undefined) throw new Error(`no ${name}`)
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
      at(key).dynamics.push({ entity: world.entity, observation, ...(link && { link }), contactGone })
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

/** The whole world as one batch; `planned` are the actions on accounts that go before it. */
export const inputOf = (
  world: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
  planned: readonly Action[] = [],
): PlanInput => ({
  definition,
  entity: world.entity,
  records: recordsOf(world),
  candidates: candidatesOf(world, entityIn(definition, world.entity)),
  references: referencesTo(world.accounts, planned),
  settings: { tenant: 'contoso', ...settings },
})

export const planWorld = (
  world: World,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): Plan => {
  if (world.accounts === undefined) return planBatch(inputOf(world, definition, settings))
  const accounts = planBatch(inputOf(world.accounts, definition, settings))
  const contacts = planBatch(inputOf(world, definition, settings, accounts.actions))
  return mergePlans([accounts, contacts])
}

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

/** Refuses what ActiveCampaign refuses: a second contact with an e-mail, or account with a name, and one without. */
const checkUnique = (world: World, id: string | undefined, fields: Fields): void => {
  const name = world.entity === 'accounts' ? 'name' : 'email'
  const keyOf = (of: Fields) =>
    String(of[name] ?? '')
      .trim()
      .toLowerCase()
  if (keyOf(fields) === '') throw new Error(`${world.entity} need their ${name}`)
  for (const other of world.contacts.values()) {
    if (other.id !== id && keyOf(other.fields) === keyOf(fields)) {
      throw new Error(`two ${world.entity} with ${keyOf(fields)}`)
    }
  }
}

/** The account of a contact by its id in ActiveCampaign, which refuses one that is not there. */
const setAccount = (world: World, action: SetActiveCampaignAccount): void => {
  const { account, linkId } = action
  const contactId = action.activeCampaignId ?? world.links.get(linkId)?.activeCampaignId ?? ''
  const { id, fields, ...more } = contactOf(world, contactId)
  const made = [...(world.accounts?.links.values() ?? [])].find(
    (link) => account !== null && link.dynamicsId === account.dynamicsId,
  )
  const accountId = account === null ? '' : (account.activeCampaignId ?? made?.activeCampaignId ?? '')
  if (account !== null && !world.accounts?.contacts.has(accountId)) throw new Error(`no account ${accountId}`)
  putContact(world, id, { ...fields, account: accountId }, more)
  remember(world, { ...action, settles: { ...action.settles, activeCampaign: { account: accountId } } }, id)
}

/** ActiveCampaign takes the contacts out of an account that is deleted, and D365 clears the lookups to a row that is. */
const forgetAccount = (world: World, id: string, name: string): void => {
  for (const { id: contactId, fields, ...more } of [...world.contacts.values()]) {
    if (fields.account === id) putContact(world, contactId, { ...fields, account: '' }, more)
  }
  for (const { id: rowId, fields, etag: _, ...more } of [...world.rows.values()]) {
    if (fields[name] === id) putRow(world, rowId, { ...fields, [name]: null }, more)
  }
}

/** Where a row of contacts has its account. */
const lookup = '_parentcustomerid_value'

const applyAction = (whole: World, action: Action): void => {
  const world = action.entity === 'accounts' && whole.accounts !== undefined ? whole.accounts : whole
  switch (action.kind) {
    case 'set-active-campaign-account':
      setAccount(world, action)
      return
    case 'create-active-campaign-account':
    case 'create-active-campaign-contact': {
      world.version += 1
      const id = String(1000 + world.version)
      checkUnique(world, undefined, written(action))
      putContact(world, id, written(action), { tags: 'tags' in action ? action.tags : [] })
      remember(world, action, id)
      return
    }
    case 'update-active-campaign-account':
    case 'update-active-campaign-contact': {
      const { id, fields, ...more } = contactOf(world, action.activeCampaignId)
      checkUnique(world, id, { ...fields, ...written(action) })
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
      if (etag !== dynamicsEtag) {
        // An account that the same plan deleted was taken out of the row: the next plan sees that.
        if (whole.accounts !== undefined) return
        throw new Error(`stale ${id}`)
      }
      if (dynamicsHash !== undefined && hashFields(fields, dynamicsFields) !== dynamicsHash)
        throw new Error(`stale ${id}`)
      putRow(world, id, { ...fields, ...written(action) }, more)
      remember(world, action, action.activeCampaignId)
      return
    }
    case 'link-records':
      remember(world, action, action.activeCampaignId)
      return
    case 'add-active-campaign-tags': {
      const { id, fields, tags = [], ...more } = contactOf(world, action.activeCampaignId)
      putContact(world, id, fields, { ...more, tags: [...tags, ...action.tags] })
      return
    }
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
    case 'delete-active-campaign-account':
    case 'delete-active-campaign-contact':
      world.contacts.delete(action.activeCampaignId)
      if (world !== whole) forgetAccount(whole, action.activeCampaignId, lookup)
      return
    case 'delete-dynamics-record':
      world.rows.delete(action.dynamicsId)
      if (world !== whole) forgetAccount(whole, action.dynamicsId, lookup)
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
