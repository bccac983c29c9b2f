import type {
  AccountFieldValueInput,
  ActivityQuery,
  ContactQuery,
  ImportContact,
  ImportOptions,
  NoteInput,
  RecordInput,
} from '@dynacamp/activecampaign-client'
import type { JsonValue } from '@dynacamp/simulators'
import type { Exchange } from './exchange.ts'
import { given } from './given.ts'
import type { JsonObject } from './json.ts'

/** Recorded queries and bodies as the arguments of the client's methods. What has no argument is not sent, and found so. */

const contactOptions: Readonly<Record<string, keyof ContactQuery>> = {
  'filters[updated_after]': 'updatedAfter',
  'filters[updated_before]': 'updatedBefore',
  'filters[created_after]': 'createdAfter',
  'filters[created_before]': 'createdBefore',
  email: 'email',
  email_like: 'emailLike',
  search: 'search',
  phone: 'phone',
  tagid: 'tagId',
  listid: 'listId',
  seriesid: 'automationId',
  segmentid: 'segmentId',
  'ids[]': 'ids',
  id_greater: 'afterId',
}

const statuses: Readonly<Record<string, string>> = {
  0: 'unconfirmed',
  1: 'active',
  2: 'unsubscribed',
  3: 'bounced',
}

export function contactQuery(query: Exchange['request']['query']): ContactQuery {
  const options = Object.entries(query).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'status') return [['status', statuses[String(value)]]]
    const option = contactOptions[name]
    if (option === undefined || value === '') return []
    if (option === 'ids') return [[option, [value].flat()]]
    // Documentation has dates alone; the client takes instants.
    return [[option, isDate(value) ? `${value}T00:00:00Z` : value]]
  })
  return given(Object.fromEntries(options))
}

export function activityQuery({ after, include, emails }: Exchange['request']['query']): ActivityQuery {
  return {
    ...given<ActivityQuery>(optional('after', isDate(after) ? `${after}T00:00:00Z` : after)),
    ...(typeof include === 'string' && include !== '' ? { include: include.split(',') } : {}),
    ...(emails === 'false' ? { emails: false } : {}),
  }
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
}

export function importContacts({ contacts }: JsonObject): ImportContact[] {
  return given<JsonObject[]>(contacts ?? []).map((contact) => ({
    email: text(contact, 'email'),
    ...optional('firstName', contact.first_name),
    ...optional('lastName', contact.last_name),
    ...optional('phone', contact.phone),
    ...optional('accountName', contact.customer_acct_name),
    ...given<Partial<ImportContact>>({
      ...(contact.tags === undefined ? {} : { tags: contact.tags }),
      ...(Array.isArray(contact.fields)
        ? {
            fieldValues: contact.fields.map((field) => ({
              field: text(field, 'id'),
              value: text(field, 'value'),
            })),
          }
        : {}),
    }),
    ...listIds('subscribe', contact.subscribe),
    ...listIds('unsubscribe', contact.unsubscribe),
  }))
}

function listIds<Key extends string>(
  key: Key,
  lists: JsonValue | undefined,
): { readonly [K in Key]?: string[] } {
  return given(Array.isArray(lists) ? { [key]: lists.map((list) => text(list, 'listid')) } : {})
}

export function importOptions(body: JsonObject): ImportOptions {
  return {
    ...(JSON.stringify(body).includes('"exclude_automations":true') ? { excludeAutomations: true } : {}),
    ...(body.callback === undefined ? {} : { callbackUrl: text(body.callback, 'url') }),
  }
}

export function fieldRelation({ fieldRel }: JsonObject) {
  const list = text(fieldRel, 'relid')
  return { field: text(fieldRel, 'field'), list: list === '0' ? 'all' : list }
}

export function accountFieldValue(value: JsonObject): AccountFieldValueInput {
  return given({ ...value, account: text(value, 'customerAccountId') || text(value, 'accountId') })
}

export function fieldGroup({ groupDefinition }: JsonObject) {
  const of =
    (['contact', 'deal', 'account'] as const)[Number(text(groupDefinition, 'groupType')) - 1] ?? 'contact'
  return { label: text(groupDefinition, 'label'), of }
}

export function note({ note: recorded }: JsonObject): NoteInput {
  const about = text(recorded, 'reltype') === 'CustomerAccount' ? 'account' : 'contact'
  return given({ note: text(recorded, 'note'), [about]: text(recorded, 'relid') })
}

export function groupMember({ groupMember: member }: JsonObject) {
  const ordernum = text(member, 'ordernum')
  return {
    field: text(member, 'rel_id'),
    group: text(member, 'group_id'),
    ordernum: ordernum === '' ? null : Number(ordernum),
  }
}

export function record({ record: recorded }: JsonObject): RecordInput {
  const { fields = [], relationships, ...ids } = given<JsonObject>(recorded ?? {})
  const values = given<{ id: string; value: unknown }[]>(fields).map(({ id, value }) => [id, value])
  const { schemaId: _, ...known } = ids
  return given({
    ...known,
    fields: Object.fromEntries(values),
    ...(relationships === undefined
      ? {}
      : { relationships: JSON.parse(JSON.stringify(relationships), scalarsAsText) }),
  })
}

function scalarsAsText(_: string, value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value
}

/** A scalar of an object as text, `''` when it is not there. */
export function text(object: JsonValue | undefined, key: string): string {
  const value = given<JsonObject>(object ?? {})[key]
  return value === undefined || value === null ? '' : String(value)
}

export function optional<Key extends string>(key: Key, value: JsonValue | undefined) {
  return given<{ readonly [K in Key]?: string }>(
    typeof value === 'string' && value !== '' ? { [key]: value } : {},
  )
}
