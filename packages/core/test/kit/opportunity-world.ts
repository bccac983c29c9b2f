import type { CompiledDefinition, CompiledEntity, Fields } from '@dynacamp/mapping-dsl'
import {
  type Action,
  type CustomObject,
  contactRelationship,
  type DynamicsObservation,
  type Link,
  type ObservedCustomObject,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
  type RecordInput,
  type References,
  type RelatedContact,
  referenceKey,
} from '../../src/index.ts'

/** A person that opportunities may belong to: its contact's id, or the action of the same whole plan that is to make it. */
interface Person {
  readonly entity: 'contacts' | 'leads'
  readonly activeCampaignId: string | null
  readonly plannedBy: string | null
}

/** A model of opportunities in both services, of the custom object between them, and of the state. */
export interface OpportunityWorld {
  readonly rows: Map<string, DynamicsObservation>
  readonly people: Map<string, Person>
  object: ObservedCustomObject
  /** Records by external id, with all that they hold. */
  readonly records: Map<string, Fields>
  readonly links: Map<string, Link>
  /** External ids in the order in which they were written. */
  readonly writes: string[]
  version: number
}

export const emptyOpportunities = (): OpportunityWorld => ({
  ...{ rows: new Map(), people: new Map(), records: new Map(), links: new Map(), writes: [] },
  ...{ object: null, version: 1 },
})

export const putOpportunity = (world: OpportunityWorld, id: string, fields: Fields): void => {
  world.version += 1
  world.rows.set(id, { id, etag: `W/"${world.version}"`, fields })
}

export const opportunitiesOf = ({ entities }: CompiledDefinition): CompiledEntity => {
  const entity = entities.find((candidate) => candidate.entity === 'opportunities')
  if (entity === undefined) throw new Error('no opportunities')
  return entity
}

/** What the sync looks at of a record: the mapped fields, and its contact. */
const observed = ({ fields }: CompiledEntity, record: Fields): Fields =>
  Object.fromEntries(
    [...fields.map(({ activeCampaign }) => activeCampaign), contactRelationship].map((name) => [
      name,
      record[name] ?? null,
    ]),
  )

const recordsOf = (world: OpportunityWorld, entity: CompiledEntity): readonly RecordInput[] => {
  const found = (id: string) => {
    const record = world.records.get(id)
    return record === undefined ? undefined : { id, fields: observed(entity, record) }
  }
  const linked = [...world.links.values()].map((link) => ({
    link,
    dynamics: world.rows.get(link.dynamicsId) ?? ({ id: link.dynamicsId, deleted: true } as const),
    activeCampaign: found(link.activeCampaignId) ?? ({ id: link.activeCampaignId, deleted: true } as const),
  }))
  const known = new Set(linked.map(({ link }) => link.dynamicsId))
  const ids = new Set([...world.rows.keys(), ...world.records.keys()])
  const unlinked = [...ids]
    .filter((id) => !known.has(id))
    .map((id) => {
      const [dynamics, activeCampaign] = [world.rows.get(id), found(id)]
      return { ...(dynamics && { dynamics }), ...(activeCampaign && { activeCampaign }) }
    })
  return [...linked, ...unlinked]
}

/** What an engine that has looked everything up knows of the people: nobody else is in sync. */
const referencesOf = (world: OpportunityWorld): References => {
  const columns = ['_parentcontactid_value', '_customerid_value', '_originatingleadid_value']
  const named = [...world.rows.values()].flatMap(({ fields }) =>
    columns.flatMap((column) => {
      const id = fields[column]
      return typeof id === 'string' ? [id] : []
    }),
  )
  return Object.fromEntries(
    named.flatMap((id) =>
      (['contacts', 'leads'] as const).map((entity) => {
        const person = world.people.get(id)
        const { activeCampaignId = null, plannedBy = null } = person?.entity === entity ? person : {}
        return [
          referenceKey('dynamics', entity, id),
          { entity, title: null, dynamicsId: id, activeCampaignId, plannedBy },
        ]
      }),
    ),
  )
}

export const opportunityInput = (
  world: OpportunityWorld,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): PlanInput => ({
  ...{ definition, entity: 'opportunities', candidates: {} },
  records: recordsOf(world, opportunitiesOf(definition)),
  references: referencesOf(world),
  customObject: world.object,
  settings: { tenant: 'contoso', ...settings },
})

export const planOpportunities = (
  world: OpportunityWorld,
  definition: CompiledDefinition,
  settings: Partial<PlanSettings> = {},
): Plan => planBatch(opportunityInput(world, definition, settings))

const objectOf = ({ object }: OpportunityWorld): CustomObject => {
  if (object === null || object === 'unavailable') throw new Error('there is no custom object')
  return object
}

/** Refuses what ActiveCampaign refuses, and what a plan must never ask for: a record that is written as it is. */
const write = (world: OpportunityWorld, id: string, before: Fields | undefined, after: Fields): void => {
  const { fields } = objectOf(world)
  for (const name of Object.keys(after)) {
    const known = name === contactRelationship || fields.some((field) => field.id === name)
    if (!known) throw new Error(`the object has no field ${name}`)
  }
  for (const { id: name, required } of fields) {
    if (required && (after[name] ?? '') === '') throw new Error(`${name} is required`)
  }
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) {
    throw new Error(`${id} is written as it is: that starts automations`)
  }
  world.records.set(id, after)
  world.writes.push(id)
}

const contactIdOf = (world: OpportunityWorld, { dynamicsId, activeCampaignId }: RelatedContact): string => {
  const id = activeCampaignId ?? world.people.get(dynamicsId)?.activeCampaignId
  if (id == null) throw new Error(`${dynamicsId} has no contact`)
  return id
}

const written = (
  world: OpportunityWorld,
  changes: Action['changes'],
  contact: RelatedContact | null,
): Fields => ({
  ...Object.fromEntries(changes.map(({ field, after }) => [field, after])),
  ...(contact && { [contactRelationship]: contactIdOf(world, contact) }),
})

const remember = (world: OpportunityWorld, action: Action): void => {
  const { linkId: id, entity, settles, dynamicsId } = action
  if (dynamicsId === null) throw new Error(`${action.kind} is about no record`)
  const base = world.links.get(id)?.base
  const record = world.records.get(dynamicsId) ?? {}
  const answered = Object.fromEntries(
    Object.keys(settles.activeCampaign).map((name) => [name, record[name] ?? null]),
  )
  world.links.set(id, {
    ...{ id, entity, dynamicsId, activeCampaignId: dynamicsId },
    base: {
      dynamics: { ...base?.dynamics, ...settles.dynamics },
      activeCampaign: { ...base?.activeCampaign, ...answered },
    },
  })
}

const applyAction = (world: OpportunityWorld, action: Action): void => {
  switch (action.kind) {
    case 'create-custom-object':
      if (world.object !== null) throw new Error('the object is there already')
      world.object = { fields: action.fields, deleted: [], showsContact: true }
      return
    case 'extend-custom-object': {
      const object = objectOf(world)
      const kept = object.fields.map((field) => {
        const wanted = action.fields.find(({ id }) => id === field.id)
        if (wanted !== undefined && wanted.type !== field.type) throw new Error(`${field.id} is retyped`)
        const options = [...new Set([...field.options, ...(wanted?.options ?? [])])]
        return { ...field, options }
      })
      const added = action.fields.filter(({ id }) => !kept.some((field) => field.id === id))
      if (added.some(({ id }) => object.deleted.includes(id))) throw new Error('the id is taken')
      world.object = { ...object, fields: [...kept, ...added] }
      return
    }
    case 'create-active-campaign-record':
      if (world.records.has(action.activeCampaignId)) throw new Error('the record is there already')
      write(world, action.activeCampaignId, undefined, written(world, action.changes, action.contact))
      remember(world, action)
      return
    case 'update-active-campaign-record': {
      const before = world.records.get(action.activeCampaignId)
      if (before === undefined) throw new Error(`no record ${action.activeCampaignId}`)
      write(world, action.activeCampaignId, before, {
        ...before,
        ...written(world, action.changes, action.contact),
      })
      remember(world, action)
      return
    }
    case 'link-records':
      remember(world, action)
      return
    case 'unlink-records':
      world.links.delete(action.linkId)
      return
    default:
      throw new Error(`${action.kind} is not for opportunities`)
  }
}

/** The plan of the people comes first: whom it was to make is there. */
const makePeople = (world: OpportunityWorld): void => {
  for (const [id, person] of world.people) {
    if (person.plannedBy === null) continue
    world.version += 1
    world.people.set(id, {
      ...person,
      activeCampaignId: person.activeCampaignId ?? `9${world.version}`,
      plannedBy: null,
    })
  }
}

/** Does what the plan says, each action after those it depends on. */
export const applyOpportunities = (world: OpportunityWorld, plan: Plan): void => {
  makePeople(world)
  const planned = new Set(plan.actions.map(({ id }) => id))
  const done = new Set<string>()
  let waiting = [...plan.actions]
  while (waiting.length > 0) {
    const ready = waiting.filter(({ dependsOn }) => dependsOn.every((id) => done.has(id) || !planned.has(id)))
    if (ready.length === 0) throw new Error('actions wait for each other')
    for (const action of ready) {
      applyAction(world, action)
      done.add(action.id)
    }
    waiting = waiting.filter(({ id }) => !done.has(id))
  }
}
