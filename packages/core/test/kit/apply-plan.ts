import type { Fields } from '@dynacamp/mapping-dsl'
import {
  type Action,
  type ActiveCampaignObservation,
  assertNever,
  type DynamicsObservation,
  hashFields,
  type Plan,
  type SetActiveCampaignAccount,
} from '../../src/index.ts'
import { deleteRow, putContact, putRow, tableOf, type World } from './world.ts'

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
  const world = tableOf(whole, action.entity)
  switch (action.kind) {
    case 'set-active-campaign-account':
      setAccount(world, action)
      return
    case 'create-active-campaign-account':
    case 'create-active-campaign-contact': {
      world.version.latest += 1
      const id = String(1000 + world.version.latest)
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
    case 'move-link': {
      const { links: linksFrom } = tableOf(whole, action.from.entity)
      if (linksFrom.get(action.from.id)?.activeCampaignId !== action.from.activeCampaignId)
        throw new Error(`stale ${action.from.id}`)
      linksFrom.delete(action.from.id)
      world.links.delete(action.linkId)
      remember(world, action, action.activeCampaignId)
      return
    }
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
      if (world.entity === 'accounts' && world !== whole)
        forgetAccount(whole, action.activeCampaignId, lookup)
      return
    case 'delete-dynamics-record':
      deleteRow(world, action.dynamicsId)
      if (world.entity === 'accounts' && world !== whole) forgetAccount(whole, action.dynamicsId, lookup)
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
