import { type Row, text } from './json.ts'
import { Table } from './table.ts'

const by = (...columns: readonly string[]): Readonly<Record<string, (row: Row) => string>> =>
  Object.fromEntries(columns.map((column) => [column, (row: Row) => text(row[column])]))

const plain = (...columns: readonly string[]): Table<Row> => new Table<Row>(by(...columns))

/** Every table but the contacts, by the name its endpoint has in a path. */
export function createTables() {
  return {
    accountContacts: plain('contact', 'account'),
    accountCustomFieldData: plain('accountId', 'customFieldId'),
    accountCustomFieldMeta: plain(),
    accounts: new Table<Row>({ name: (row) => text(row.name).toLowerCase() }),
    addresses: plain(),
    automations: plain(),
    bounceLogs: plain('contact'),
    campaignLists: plain('campaignid'),
    campaignMessages: plain('campaignid'),
    campaigns: plain(),
    configs: plain(),
    contactAutomations: plain('contact', 'automation'),
    contactDeals: plain('contact', 'deal'),
    contactEmails: plain('contact'),
    contactGoals: plain('contact'),
    contactLists: plain('contact', 'list'),
    contactLogs: plain('contact'),
    contactTags: plain('contact', 'tag'),
    dealCustomFieldData: plain('dealId'),
    dealCustomFieldMeta: plain(),
    dealGroups: plain(),
    dealStages: plain('group'),
    deals: plain('contact', 'group', 'stage'),
    emailActivities: plain('subscriberid'),
    eventTrackingEvents: plain(),
    exclusions: plain(),
    fieldOptions: plain('field'),
    fieldRels: plain('field'),
    fieldValues: plain('contact', 'field'),
    fields: plain('perstag'),
    forms: plain(),
    geoIps: plain('contact'),
    groupDefinitions: plain(),
    groupLimits: plain(),
    groupMembers: plain(),
    groups: plain(),
    linkData: plain('contact'),
    links: plain('campaignid'),
    listGroups: plain('list'),
    lists: plain(),
    messages: plain(),
    notes: new Table<Row>({ owner: (row) => `${text(row.reltype)}:${text(row.relid)}` }),
    scoreValues: plain('contact'),
    scores: plain(),
    segments: plain(),
    tags: new Table<Row>({ name: (row) => text(row.tag).toLowerCase() }),
    templates: plain(),
    trackingLogs: plain('contact'),
    userGroups: plain('user'),
    users: plain(),
    webhooks: plain(),
  }
}

export type Tables = ReturnType<typeof createTables>

/**
 * Name of a table of the simulator, as in the service's paths. Contacts have methods of their own.
 *
 * @example
 * ```ts
 * const table: ActiveCampaignTable = 'contactTags'
 * ```
 */
export type TableName = keyof Tables
