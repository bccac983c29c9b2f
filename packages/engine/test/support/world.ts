import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import {
  column,
  defineSync,
  extendSchema,
  field,
  map,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import {
  type ActiveCampaignBehaviour,
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createVirtualClock,
} from '@dynacamp/simulators'
import { createSync, type StateStore, type Sync, type SyncOptions } from '../../src/index.ts'
import { openState } from './open-state.ts'

export const schema = extendSchema(standardSchema, {
  dynamics: { contacts: { new_interests: column.choices({ 1: 'Cycling', 2: 'Music' }) } },
  activeCampaign: {
    contacts: {
      POSITION: field.text(),
      CITY: field.text(),
      INTERESTS: field.listbox(['Cycling', 'Music']),
    },
  },
})

const definition = defineSync(schema, {
  contacts: {
    direction: 'bidirectional',
    createInDynamics: 'tagged',
    fields: [
      ...standardMappings.contacts,
      map('jobtitle', 'POSITION', { direction: 'outbound' }),
      map('address1_city', 'CITY', { conflict: 'activeCampaignWins' }),
      map('new_interests', 'INTERESTS'),
    ],
  },
})

/** Two simulators, real clients over their HTTP, a state. */
export const createWorld = ({
  behaviour,
  pageLimit,
  ...options
}: Partial<SyncOptions> & {
  readonly behaviour?: Partial<ActiveCampaignBehaviour>
  /** Most rows of a page, on both sides. */
  readonly pageLimit?: number
} = {}) => {
  const pages = pageLimit === undefined ? {} : { pageLimit }
  const clock = createVirtualClock()
  const dynamicsSimulator = createDynamicsSimulator({ clock, behaviour: pages })
  const activeCampaignSimulator = createActiveCampaignSimulator({
    clock,
    behaviour: { ...pages, ...behaviour },
  })
  dynamicsSimulator.defineColumn('contact', {
    name: 'new_interests',
    type: 'choices',
    options: [
      { value: 1, label: 'Cycling' },
      { value: 2, label: 'Music' },
    ],
  })
  activeCampaignSimulator.defineField({ title: 'Position', type: 'text', perstag: 'POSITION' })
  activeCampaignSimulator.defineField({ title: 'City', type: 'text', perstag: 'CITY' })
  const interests = {
    title: 'Interests',
    type: 'listbox',
    perstag: 'INTERESTS',
    options: ['Cycling', 'Music'],
  } as const
  activeCampaignSimulator.defineField(interests)

  const dynamics = createDynamicsClient({
    environmentUrl: dynamicsSimulator.baseUrl,
    credentials: clientCredentials({
      ...dynamicsSimulator.credentials,
      loginUrl: dynamicsSimulator.loginUrl,
    }),
    fetch: dynamicsSimulator.fetch,
    clock,
    random: () => 0.5,
  })
  const activeCampaign = createActiveCampaignClient({
    url: activeCampaignSimulator.baseUrl,
    key: activeCampaignSimulator.apiKey,
    fetch: activeCampaignSimulator.fetch,
    clock,
    random: () => 0.5,
  })
  const state: StateStore = options.state ?? openState()
  const newSync = (over: Partial<SyncOptions> = {}): Sync =>
    createSync({ definition, schema, dynamics, activeCampaign, state, clock, ...options, ...over })
  return {
    clock,
    dynamics: dynamicsSimulator,
    activeCampaign: activeCampaignSimulator,
    clients: { dynamics, activeCampaign },
    state,
    sync: newSync(),
    /** Another sync over the same services, as after a restart. */
    newSync,
  }
}

export type TestWorld = ReturnType<typeof createWorld>

/** Plans and applies once. */
export const syncOnce = async (sync: Sync, options: { readonly full?: boolean } = {}) => {
  const plan = await sync.plan(options)
  const report = await sync.apply(plan)
  return { plan, report }
}
