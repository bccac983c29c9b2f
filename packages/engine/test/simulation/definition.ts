import {
  extendSchema,
  field,
  map,
  type SyncDefinition,
  standardMappings,
  standardSchema,
} from '@dynacamp/mapping-dsl'
import fc from 'fast-check'
import { objectSlug } from './services.ts'

export const schema = extendSchema(standardSchema, {
  activeCampaign: {
    contacts: { POSITION: field.text(), CHILDREN: field.number() },
    accounts: { TICKER: field.text(), STAFF: field.number() },
  },
})

const policies = {
  blank: fc.constantFrom('ignoreBlank', 'clear', 'onlyIfEmpty'),
  conflict: fc.constantFrom('dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold'),
  createInDynamics: fc.constantFrom('never', 'tagged', 'all'),
  leaving: fc.constantFrom('keep', 'keep', 'unlink', 'unsubscribe', 'archive'),
  deletedInDynamics: fc.constantFrom('keep', 'unlink', 'unsubscribe', 'archive', 'delete', 'delete'),
  deletedInActiveCampaign: fc.constantFrom('keep', 'unlink', 'deactivate', 'delete'),
  sharedEmail: fc.constantFrom('hold', 'hold', 'oldest', 'latestModified'),
  resubscribe: fc.constantFrom('never', 'never', 'resubscribe people when Dynamics 365 allows e-mail again'),
  firstLink: fc.constantFrom('hold', 'policy'),
  leads: fc.constantFrom(false, true),
  accounts: fc.constantFrom(false, true),
  opportunities: fc.constantFrom(false, true),
  automations: fc.constantFrom('holdBack', 'start'),
  everyHours: fc.constantFrom(1, 4, 24),
  guards: fc.constantFrom<Guards>(
    ...[{}, {}, {}, {}],
    { maxDeletes: 0, maxUnsubscribes: 0 },
    { maxDeletes: 1, maxUnsubscribes: 1 },
    { maxChangedShare: 0 },
    { maxChangedShare: 0.3, maxDeletes: 1 },
  ),
} as const

export type Guards = SyncDefinition['guards']

/** Everything a definition can be set to here; a history draws one of each. */
export interface Policies {
  readonly blank: 'ignoreBlank' | 'clear' | 'onlyIfEmpty'
  readonly conflict: 'dynamicsWins' | 'activeCampaignWins' | 'mostRecent' | 'hold'
  readonly createInDynamics: 'never' | 'tagged' | 'all'
  readonly leaving: 'keep' | 'unlink' | 'unsubscribe' | 'archive'
  readonly deletedInDynamics: 'keep' | 'unlink' | 'unsubscribe' | 'archive' | 'delete'
  readonly deletedInActiveCampaign: 'keep' | 'unlink' | 'deactivate' | 'delete'
  readonly sharedEmail: 'hold' | 'oldest' | 'latestModified'
  readonly resubscribe: 'never' | 'resubscribe people when Dynamics 365 allows e-mail again'
  readonly firstLink: 'hold' | 'policy'
  readonly leads: boolean
  readonly accounts: boolean
  readonly opportunities: boolean
  readonly automations: 'holdBack' | 'start'
  readonly everyHours: 1 | 4 | 24
  /** Low ones, which a few people trip. */
  readonly guards: Guards
}

export const anyPolicies: fc.Arbitrary<Policies> = fc.record(policies)

/** The definition that these policies make: standard fields, and one of each kind that flows one way. */
export const definitionOf = (policies: Policies): SyncDefinition => {
  const { blank, conflict, createInDynamics, leaving, sharedEmail, resubscribe } = policies
  const entity = {
    enabled: true,
    direction: 'bidirectional',
    createInDynamics,
    inboundScope: {},
    match: [],
    sharedEmail,
    leaving,
    deleted: { inDynamics: policies.deletedInDynamics, inActiveCampaign: policies.deletedInActiveCampaign },
  } as const
  const named = (fields: typeof standardMappings.contacts | typeof standardMappings.leads) =>
    fields.map((mapping) => {
      // An address that is only ever filled in would leave linked people with two.
      return mapping.activeCampaign === 'email' ? { ...mapping, conflict } : { ...mapping, blank, conflict }
    })
  const { deletedInDynamics } = policies
  const isForPeople = deletedInDynamics === 'unsubscribe' || deletedInDynamics === 'archive'
  return {
    version: 1,
    blank: 'ignoreBlank',
    sharedContact: 'contact',
    contacts: {
      ...entity,
      scope: { department: { not: 'elsewhere' } },
      fields: [
        ...named(standardMappings.contacts),
        map('jobtitle', 'POSITION', { blank, direction: 'outbound' }),
        map('numberofchildren', 'CHILDREN', { blank, direction: 'inbound' }),
      ],
    },
    ...(policies.leads && {
      leads: {
        ...entity,
        scope: {},
        fields: [
          ...named(standardMappings.leads),
          map('jobtitle', 'POSITION', { blank, direction: 'outbound' }),
        ],
      },
    }),
    ...(policies.accounts && {
      accounts: {
        ...entity,
        scope: {},
        // Accounts have no tags and no lists.
        createInDynamics: createInDynamics === 'all' ? 'all' : 'never',
        leaving: 'keep',
        deleted: {
          inDynamics: isForPeople ? 'keep' : deletedInDynamics,
          inActiveCampaign: policies.deletedInActiveCampaign,
        },
        fields: [
          map('name', 'name', { conflict }),
          map('websiteurl', 'accountUrl', { blank, conflict }),
          map('tickersymbol', 'TICKER', { blank, conflict }),
          map('numberofemployees', 'STAFF', { blank, direction: 'inbound' }),
        ],
      },
    }),
    ...(policies.opportunities && {
      opportunities: {
        enabled: true,
        object: objectSlug,
        scope: {},
        fields: [
          map('name', 'name', { as: 'text', required: true }),
          map('description', 'about', { as: 'textarea', blank }),
        ],
      },
    }),
    optOut: { direction: 'bidirectional', columns: ['donotbulkemail'], lists: 'all', resubscribe },
    tags: { write: false },
    initialSync: { automations: policies.automations },
    guards: policies.guards,
    schedule: { everyHours: policies.everyHours },
  }
}
