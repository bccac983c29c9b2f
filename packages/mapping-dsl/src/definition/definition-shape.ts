import * as z from 'zod'

const direction = z.enum(['bidirectional', 'outbound', 'inbound'])
const blank = z.enum(['ignoreBlank', 'clear', 'onlyIfEmpty'])
const name = z.string().min(1).max(128)
const leaving = ['keep', 'unlink', 'unsubscribe', 'archive'] as const

const parameter = z.union([z.string().max(1000), z.number(), z.boolean()])

const transform = z.union([name, z.strictObject({ name, with: z.record(name, parameter) })])

const fieldMapping = z.strictObject({
  dynamics: name,
  activeCampaign: name,
  direction: direction.exactOptional(),
  conflict: z.enum(['dynamicsWins', 'activeCampaignWins', 'mostRecent', 'hold']).exactOptional(),
  blank: blank.exactOptional(),
  sensitive: z.boolean().exactOptional(),
  choices: z.record(z.string().max(200), z.string().max(200)).exactOptional(),
  via: z.array(transform).max(10).exactOptional(),
  as: z
    .enum(['text', 'textarea', 'date', 'datetime', 'dropdown', 'multiselect', 'number', 'currency'])
    .exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expects an ISO 4217 code, such as EUR')
    .exactOptional(),
  required: z.boolean().exactOptional(),
  enabled: z.boolean().exactOptional(),
})

/** Criteria are read by their own parser, which knows the schema. */
const conditions = z.record(z.string(), z.unknown())

const fields = z.array(fieldMapping).max(1000)

const entity = z.strictObject({
  enabled: z.boolean().default(true),
  direction,
  scope: conditions.default({}),
  inboundScope: conditions.default({}),
  fields,
  createInDynamics: z.enum(['never', 'tagged', 'all']).default('never'),
  match: z
    .array(z.strictObject({ dynamics: name, activeCampaign: name }))
    .max(10)
    .default([]),
  sharedEmail: z.enum(['hold', 'oldest', 'latestModified']).default('hold'),
  leaving: z.enum(leaving).default('keep'),
  deleted: z
    .strictObject({
      inDynamics: z.enum([...leaving, 'delete']).default('keep'),
      inActiveCampaign: z.enum(['keep', 'unlink', 'deactivate', 'delete']).default('keep'),
    })
    .prefault({}),
})

const opportunities = z.strictObject({
  enabled: z.boolean().default(true),
  object: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'expects a slug: small letters, digits and hyphens'),
  scope: conditions.default({}),
  fields,
})

/** The shape of version 1. Its defaults never change: an upgrade switches nothing on. */
export const definitionShape = z.strictObject({
  version: z.literal(1).default(1),
  leads: entity.exactOptional(),
  contacts: entity.exactOptional(),
  accounts: entity.exactOptional(),
  opportunities: opportunities.exactOptional(),
  sharedContact: z.enum(['contact', 'lead']).default('contact'),
  blank: blank.default('ignoreBlank'),
  optOut: z
    .strictObject({
      direction: z.enum([...direction.options, 'off']).default('bidirectional'),
      columns: z.array(name).min(1).max(10).default(['donotbulkemail']),
      lists: z.union([z.literal('all'), z.array(z.string().max(50)).max(1000)]).default('all'),
      resubscribe: z
        .enum(['never', 'resubscribe people when Dynamics 365 allows e-mail again'])
        .default('never'),
    })
    .prefault({}),
  tags: z.strictObject({ write: z.boolean().default(false) }).prefault({}),
  initialSync: z
    .strictObject({ automations: z.enum(['holdBack', 'start']).default('holdBack') })
    .prefault({}),
  guards: z
    .strictObject({
      maxChangedShare: z.number().min(0).max(1).exactOptional(),
      maxDeletes: z.int().min(0).exactOptional(),
      maxUnsubscribes: z.int().min(0).exactOptional(),
    })
    .default({}),
  schedule: z
    .strictObject({
      everyHours: z.literal([1, 2, 4, 6, 8, 12, 24]).default(4),
    })
    .prefault({}),
})
