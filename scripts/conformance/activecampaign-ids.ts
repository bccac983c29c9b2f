import type { JsonValue } from '@dynacamp/simulators'
import type { Kind } from './activecampaign-world.ts'

/** The kind of row that an id after this path segment names. */
const bySegment: Readonly<Record<string, Kind>> = {
  accountContacts: 'accountContact',
  accountCustomFieldData: 'accountFieldValue',
  accountCustomFieldMeta: 'accountField',
  accounts: 'account',
  addresses: 'address',
  automations: 'automation',
  campaigns: 'campaign',
  contactAutomations: 'contactAutomation',
  contactDeals: 'contactDeal',
  contactTags: 'contactTag',
  contacts: 'contact',
  dealCustomFieldData: 'dealFieldValue',
  dealCustomFieldMeta: 'dealField',
  dealGroups: 'pipeline',
  dealStages: 'stage',
  deals: 'deal',
  fieldRels: 'fieldRel',
  fieldValues: 'fieldValue',
  fields: 'field',
  forms: 'form',
  groupMembers: 'groupMember',
  groups: 'group',
  lists: 'list',
  messages: 'message',
  notes: 'note',
  records: 'customObject',
  schemas: 'customObject',
  tags: 'tag',
  trackingLogs: 'trackingLog',
  users: 'user',
  webhooks: 'webhook',
}

/** The kind of row that a body key refers to; `wrapper.key` before `key`. */
const byKey: Readonly<Record<string, Kind>> = {
  account: 'account',
  accountId: 'account',
  customerAccountId: 'account',
  automation: 'automation',
  contact: 'contact',
  deal: 'deal',
  dealId: 'deal',
  field: 'field',
  group: 'pipeline',
  'user.group': 'group',
  groupid: 'group',
  list: 'list',
  listid: 'list',
  owner: 'user',
  ownerId: 'user',
  'fieldRel.relid': 'list',
  'note.relid': 'contact',
  'record.id': 'record',
  'accountCustomFieldDatum.customFieldId': 'accountField',
  'dealCustomFieldDatum.customFieldId': 'dealField',
  'fields.customFieldId': 'accountField',
  'fields.id': 'field',
  rel_id: 'field',
  stage: 'stage',
  tag: 'tag',
  user: 'user',
}

/** A recorded path with the world's ids in place of its own. `id` says which. */
export function replacePathIds(path: string, pattern: string, id: (kind: Kind) => string): string {
  const segments = path.split('/')
  const patterns = pattern.split('/')
  return segments
    .map((segment, index) => {
      if (patterns[index] !== '{id}') return segment
      const before = patterns[index - 1] ?? ''
      // `/customObjects/records/{schema}/{record}`
      if (before === 'external') return id('externalRecord')
      if (before === '{id}') return id('record')
      // `/customObjects/schemas/{schema}/fields/{field}`: the one field of the world's schema.
      if (before === 'fields' && patterns.includes('schemas')) return 'name'
      return id(bySegment[before] ?? 'contact')
    })
    .join('/')
}

/** The kind of row that a query parameter refers to. */
const byParameter: Readonly<Record<string, Kind>> = {
  contact: 'contact',
  'filters[contact]': 'contact',
  'filters[subscriberid]': 'contact',
  'filters[account]': 'account',
  'filters[accountId]': 'account',
  'filters[customerAccountId]': 'account',
  'filters[fieldid]': 'field',
  'filters[customFieldId]': 'accountField',
  'filters[seriesid]': 'automation',
  'filters[listid]': 'list',
  'filters[relationships.primary-contact][eq]': 'contact',
  seriesid: 'automation',
  listid: 'list',
  tagid: 'tag',
}

/** A recorded query with the world's ids in place of its own. */
export function replaceQueryIds(
  query: readonly (readonly [string, string])[],
  pattern: string,
  id: (kind: Kind) => string,
): [string, string][] {
  return query.map(([name, value]) => {
    const kind = name === 'ids[]' ? bySegment[pattern.split('/')[1] ?? ''] : byParameter[name]
    return [name, kind !== undefined && /^\d+$/.test(value) ? id(kind) : value]
  })
}

/** A recorded body with the world's ids in place of its own; numbers stay numbers. */
export function replaceBodyIds(body: JsonValue, id: (kind: Kind) => string, wrapper = ''): JsonValue {
  if (Array.isArray(body)) return body.map((item: JsonValue) => replaceBodyIds(item, id, wrapper))
  if (typeof body !== 'object' || body === null) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]): [string, JsonValue] => {
      const kind = byKey[`${wrapper}.${key}`] ?? byKey[key]
      const isReference =
        typeof value === 'number' || (typeof value === 'string' && (kind === 'record' || /^\d+$/.test(value)))
      if (kind === undefined || !isReference) return [key, replaceBodyIds(value, id, key)]
      return [key, typeof value === 'number' ? Number(id(kind)) : id(kind)]
    }),
  )
}
