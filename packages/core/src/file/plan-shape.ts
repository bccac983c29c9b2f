import * as z from 'zod'
import { reasonCodes } from '../model/field-change.ts'
import { holdCodes, skipCodes } from '../model/outcome.ts'

/** The shape of version 1, as it comes from outside. Unknown keys are refused: they were not planned here. */
const text = z.string()
const nullableText = text.nullable()
const count = z.int().nonnegative()
const value = z.union([text, z.number(), z.boolean(), z.null(), z.array(text), z.array(z.number())])
const fields = z.record(text, value)
const entity = z.enum(['leads', 'contacts', 'accounts', 'opportunities'])
const base = z.strictObject({ dynamics: fields, activeCampaign: fields })
const calls = z.strictObject({ dynamics: count, activeCampaign: count })

const reasonOf = <const C extends readonly string[]>(codes: C) =>
  z.strictObject({ code: z.enum(codes), message: text })

const subject = { id: text, entity, dynamicsId: nullableText, activeCampaignId: nullableText, title: text }

const change = z.strictObject({
  key: text,
  field: text,
  before: value,
  after: value,
  sensitive: z.boolean(),
  reason: reasonOf(reasonCodes),
})

const action = {
  id: text,
  entity,
  title: text,
  linkId: text,
  because: text,
  dynamicsId: text,
  activeCampaignId: text,
  changes: z.array(change),
  settles: base,
  preconditions: z.strictObject({
    dynamicsEtag: z.exactOptional(text),
    dynamicsHash: z.exactOptional(text),
    dynamicsFields: z.exactOptional(z.array(text)),
    activeCampaignHash: z.exactOptional(text),
    activeCampaignFields: z.exactOptional(z.array(text)),
  }),
  dependsOn: z.array(text),
  cost: calls,
}

const objectFields = z.array(
  z.strictObject({
    id: text,
    type: text,
    required: z.boolean(),
    currency: nullableText,
    scale: count.nullable(),
    options: z.array(text),
  }),
)

/** Actions on the custom object itself are about no record. */
const objectAction = {
  ...action,
  dynamicsId: z.null(),
  activeCampaignId: z.null(),
  object: z.string().regex(/^[a-z][a-z0-9-]*$/),
  fields: objectFields,
}

const relatedContact = z.strictObject({
  entity: z.enum(['contacts', 'leads']),
  dynamicsId: text,
  activeCampaignId: nullableText,
})

/** One action. */
export const actionShape = z.discriminatedUnion('kind', [
  z.strictObject({
    ...action,
    kind: z.literal('create-active-campaign-contact'),
    activeCampaignId: z.null(),
    tags: z.array(text),
  }),
  z.strictObject({ ...action, kind: z.literal('update-active-campaign-contact') }),
  z.strictObject({
    ...action,
    kind: z.literal('create-active-campaign-account'),
    activeCampaignId: z.null(),
  }),
  z.strictObject({ ...action, kind: z.literal('update-active-campaign-account') }),
  z.strictObject({ ...action, kind: z.literal('delete-active-campaign-account') }),
  z.strictObject({
    ...action,
    kind: z.literal('set-active-campaign-account'),
    activeCampaignId: nullableText,
    account: z
      .strictObject({ dynamicsId: nullableText, activeCampaignId: nullableText, title: nullableText })
      .nullable(),
  }),
  z.strictObject({ ...action, kind: z.literal('create-dynamics-record') }),
  z.strictObject({ ...action, kind: z.literal('update-dynamics-record') }),
  z.strictObject({ ...action, kind: z.literal('link-records') }),
  z.strictObject({ ...action, kind: z.literal('add-active-campaign-tags'), tags: z.array(text) }),
  z.strictObject({
    ...action,
    kind: z.literal('move-link'),
    from: z.strictObject({ id: text, entity, dynamicsId: text, activeCampaignId: text }),
  }),
  z.strictObject({ ...action, kind: z.literal('unlink-records') }),
  z.strictObject({ ...action, kind: z.literal('unsubscribe-active-campaign-contact'), lists: z.array(text) }),
  z.strictObject({ ...action, kind: z.literal('resubscribe-active-campaign-contact'), lists: z.array(text) }),
  z.strictObject({ ...action, kind: z.literal('delete-active-campaign-contact') }),
  z.strictObject({ ...action, kind: z.literal('deactivate-dynamics-record') }),
  z.strictObject({ ...action, kind: z.literal('delete-dynamics-record') }),
  z.strictObject({ ...objectAction, kind: z.literal('create-custom-object') }),
  z.strictObject({ ...objectAction, kind: z.literal('extend-custom-object') }),
  z.strictObject({
    ...action,
    kind: z.literal('create-active-campaign-record'),
    contact: relatedContact,
  }),
  z.strictObject({
    ...action,
    kind: z.literal('update-active-campaign-record'),
    contact: relatedContact.nullable(),
  }),
])

const skip = z.strictObject({
  ...subject,
  reason: reasonOf(skipCodes),
})

const hold = z.strictObject({
  ...subject,
  field: nullableText,
  reason: reasonOf(holdCodes),
  candidates: z.array(
    z.strictObject({
      side: z.enum(['dynamics', 'activeCampaign']),
      entity,
      id: text,
      title: text,
      linkedTo: nullableText,
    }),
  ),
  resolve: z.array(text),
})

const conflict = z.strictObject({
  ...subject,
  field: text,
  dynamicsField: text,
  activeCampaignField: text,
  base: z.strictObject({ dynamics: value, activeCampaign: value }).nullable(),
  dynamics: value,
  activeCampaign: value,
  winner: z.enum(['dynamics', 'activeCampaign', 'held']),
  reason: z.strictObject({ code: text, message: text }),
  sensitive: z.boolean(),
})

const need = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('key-holders'), entity, key: text }),
  z.strictObject({ kind: z.literal('dynamics-row'), entity, id: text }),
  z.strictObject({ kind: z.literal('active-campaign-contact'), entity, id: text }),
  z.strictObject({ kind: z.literal('active-campaign-tags'), entity, id: text }),
  z.strictObject({ kind: z.literal('active-campaign-lists'), entity, id: text }),
  z.strictObject({
    kind: z.literal('reference'),
    side: z.enum(['dynamics', 'activeCampaign']),
    entity,
    id: text,
  }),
])

const guard = z.strictObject({
  guard: z.enum(['changed-share', 'deletes', 'unsubscribes']),
  limit: z.number(),
  linkedRecords: count.nullable(),
  actual: z.number(),
  tripped: z.boolean(),
  message: text,
})

export const planShape = z.strictObject({
  version: z.literal(1),
  id: text,
  definitionHash: text,
  entities: z.array(entity),
  actions: z.array(actionShape),
  skips: z.array(skip),
  holds: z.array(hold),
  conflicts: z.array(conflict),
  needs: z.array(need),
  guards: z.array(guard),
  cost: z.strictObject({
    calls,
    bulk: z.strictObject({ contacts: count, calls: count }),
    batches: z.strictObject({ rows: count, calls: count }),
    leastCalls: calls,
    seconds: calls,
    dailyShare: z.number().nonnegative(),
  }),
  counts: z.strictObject({ records: count, planned: count, unchanged: count, held: count, skipped: count }),
})
