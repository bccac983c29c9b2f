import {
  type Direction,
  type EntityDefinition,
  extendSchema,
  type FieldMapping,
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

const flow = fc.constantFrom('bidirectional', 'bidirectional', 'bidirectional', 'outbound', 'inbound')

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
  contactsFlow: flow,
  leadsFlow: flow,
  accountsFlow: flow,
  tags: fc.constantFrom(false, false, true),
  leads: fc.constantFrom(false, true),
  accounts: fc.constantFrom(false, true),
  opportunities: fc.constantFrom(false, true),
  automations: fc.constantFrom('holdBack', 'start'),
  everyHours: fc.constantFrom(1, 4, 24),
  guards: fc.constantFrom<Guards>(
    ...[{}, {}, {}],
    { maxChangedShare: 0.15 },
    { maxDeletes: 0, maxUnsubscribes: 0 },
    { maxChangedShare: 0.5, maxDeletes: 1, maxUnsubscribes: 1 },
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
  readonly contactsFlow: Direction
  readonly leadsFlow: Direction
  readonly accountsFlow: Direction
  /** Whether the tags of ActiveCampaign's own app are written. */
  readonly tags: boolean
  readonly leads: boolean
  readonly accounts: boolean
  readonly opportunities: boolean
  readonly automations: 'holdBack' | 'start'
  readonly everyHours: 1 | 4 | 24
  /** Low ones, which a few people trip. */
  readonly guards: Guards
}

export const anyPolicies: fc.Arbitrary<Policies> = fc.record(policies)

const writesContacts = ['unsubscribe', 'archive', 'delete']

/** Settings of an entity, without those that contradict its direction. */
const entityOf = (policies: Policies, direction: Direction): Omit<EntityDefinition, 'fields' | 'scope'> => {
  const { createInDynamics, leaving, sharedEmail, deletedInDynamics, deletedInActiveCampaign } = policies
  const isInbound = direction === 'inbound'
  const isOutbound = direction === 'outbound'
  return {
    enabled: true,
    direction,
    createInDynamics: isOutbound ? 'never' : createInDynamics,
    inboundScope: {},
    match: [],
    sharedEmail,
    leaving: isInbound && writesContacts.includes(leaving) ? 'keep' : leaving,
    deleted: {
      inDynamics: isInbound && writesContacts.includes(deletedInDynamics) ? 'keep' : deletedInDynamics,
      inActiveCampaign: isOutbound && deletedInActiveCampaign !== 'unlink' ? 'keep' : deletedInActiveCampaign,
    },
  }
}

/** Fields of an entity that flows one way have no direction and no conflicts of their own. */
const flowing = (direction: Direction, fields: readonly FieldMapping[]): readonly FieldMapping[] =>
  direction === 'bidirectional'
    ? fields
    : fields.map(({ direction: _, conflict: __, ...mapping }): FieldMapping => mapping)

/** The definition that these policies make: standard fields, and one of each kind that flows one way. */
export const definitionOf = (policies: Policies): SyncDefinition => {
  const { blank, conflict, resubscribe, contactsFlow, leadsFlow, accountsFlow } = policies
  const named = (fields: typeof standardMappings.contacts | typeof standardMappings.leads) =>
    fields.map((mapping) => {
      // An address that is only ever filled in would leave linked people with two.
      return mapping.activeCampaign === 'email' ? { ...mapping, conflict } : { ...mapping, blank, conflict }
    })
  const position = map('jobtitle', 'POSITION', { blank, direction: 'outbound' })
  const companies = entityOf(policies, accountsFlow)
  return {
    version: 1,
    blank: 'ignoreBlank',
    sharedContact: 'contact',
    contacts: {
      ...entityOf(policies, contactsFlow),
      scope: { department: { not: 'elsewhere' } },
      fields: flowing(contactsFlow, [
        ...named(standardMappings.contacts),
        position,
        map('numberofchildren', 'CHILDREN', { blank, direction: 'inbound' }),
      ]),
    },
    ...(policies.leads && {
      leads: {
        ...entityOf(policies, leadsFlow),
        scope: {},
        fields: flowing(leadsFlow, [...named(standardMappings.leads), position]),
      },
    }),
    ...(policies.accounts && {
      accounts: {
        ...companies,
        scope: {},
        // Accounts have no tags and no lists.
        createInDynamics: companies.createInDynamics === 'all' ? 'all' : 'never',
        leaving: 'keep',
        deleted: {
          ...companies.deleted,
          inDynamics: ['unsubscribe', 'archive'].includes(companies.deleted.inDynamics)
            ? 'keep'
            : companies.deleted.inDynamics,
        },
        fields: flowing(accountsFlow, [
          map('name', 'name', { conflict }),
          map('websiteurl', 'accountUrl', { blank, conflict }),
          map('tickersymbol', 'TICKER', { blank, conflict }),
          map('numberofemployees', 'STAFF', { blank, direction: 'inbound' }),
        ]),
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
    tags: { write: policies.tags },
    initialSync: { automations: policies.automations },
    guards: policies.guards,
    schedule: { everyHours: policies.everyHours },
  }
}
