import { defineSync, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
import type { SyncOptions } from '../../src/index.ts'
import { createWorld, type TestWorld } from './world.ts'

/** Contacts, and their opportunities with a field of each kind that behaves differently. */
export const fields = [
  map('name', 'name', { as: 'text', required: true }),
  map('estimatedvalue', 'estimated-value', { as: 'currency', currency: 'EUR' }),
  map('opportunityratingcode', 'rating', { as: 'dropdown', blank: 'clear' }),
  map('estimatedclosedate', 'close-date', { as: 'date' }),
] as const

const opportunityDefinition = defineSync(standardSchema, {
  contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
  opportunities: { object: 'd365-opportunity', fields },
})

export const contactId = (n: number): string => `c0000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const opportunityId = (n: number): string => `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A world with so many people, each with one opportunity. */
export const opportunityWorld = (
  people: number,
  {
    behaviour,
    ...options
  }: Partial<SyncOptions> & { readonly behaviour?: { readonly customObjects?: boolean } } = {},
): TestWorld => {
  const world = createWorld({
    definition: opportunityDefinition,
    schema: standardSchema,
    ...options,
    ...(behaviour && { behaviour }),
  })
  for (let n = 1; n <= people; n += 1) {
    world.dynamics.insert('contact', {
      contactid: contactId(n),
      emailaddress1: `person${n}@example.com`,
      lastname: `Person ${n}`,
    })
    addOpportunity(world, n)
  }
  return world
}

export const addOpportunity = (
  { dynamics }: TestWorld,
  n: number,
  row: Readonly<Record<string, unknown>> = {},
): void => {
  dynamics.insert('opportunity', {
    opportunityid: opportunityId(n),
    name: `Deal ${n}`,
    estimatedvalue: n * 1000.5,
    opportunityratingcode: 1,
    estimatedclosedate: '2026-12-24',
    _parentcontactid_value: contactId(n),
    ...row,
  })
}

/** All records of the custom object as ActiveCampaign has them, by external id; none without the object. */
export const recordsOf = async ({ clients: { activeCampaign } }: TestWorld) => {
  const schemas = await activeCampaign.customObjects.schemas.list().toArray()
  const schema = schemas.find(({ slug }) => slug === 'd365-opportunity')
  if (schema === undefined) return []
  const records = await activeCampaign.customObjects.records.list(schema.id).toArray()
  return records.sort((a, b) => ((a.externalId ?? '') < (b.externalId ?? '') ? -1 : 1))
}

/** How often records were written, and how often they were read one by one. */
export const recordCalls = ({ activeCampaign }: TestWorld) => ({
  writes: activeCampaign.calls.byOperation['customObjects.records.write'] ?? 0,
  looks: activeCampaign.calls.byOperation['customObjects.records.getByExternalId'] ?? 0,
  lists: activeCampaign.calls.byOperation['customObjects.records.list'] ?? 0,
})
