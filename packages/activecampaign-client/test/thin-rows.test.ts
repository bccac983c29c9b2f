import { describe, expect, test } from 'vitest'
import type { ActiveCampaignClient, PagedList } from '../src/index.ts'
import { scriptedService } from './scripted-service.ts'

/** Each list, and the key of its rows in an answer. */
const lists: readonly [key: string, list: (client: ActiveCampaignClient) => PagedList<unknown>][] = [
  ['contacts', (client) => client.contacts.list()],
  ['contactTags', (client) => client.contactTags.listForContact('1')],
  ['contactLists', (client) => client.contactLists.list()],
  ['contactAutomations', (client) => client.contactAutomations.list()],
  ['automationEntryCounts', (client) => client.contactAutomations.entryCounts('1')],
  ['trackingLogs', (client) => client.activities.trackingLogs('1')],
  ['bounceLogs', (client) => client.activities.bounceLogs('1')],
  ['contactLogs', (client) => client.activities.contactLogs('1')],
  ['contactGoals', (client) => client.activities.goals('1')],
  ['scoreValues', (client) => client.activities.scores('1')],
  ['geoIps', (client) => client.activities.geoIps('1')],
  ['emailActivities', (client) => client.activities.emails('1')],
  ['linkData', (client) => client.activities.linkData()],
  ['notes', (client) => client.notes.list()],
  ['fields', (client) => client.fields.list()],
  ['groupDefinitions', (client) => client.fieldGroups.list()],
  ['fieldValues', (client) => client.fieldValues.list()],
  ['tags', (client) => client.tags.list()],
  ['lists', (client) => client.lists.list()],
  ['exclusions', (client) => client.exclusions.list()],
  ['accounts', (client) => client.accounts.list()],
  ['accountContacts', (client) => client.accountContacts.list()],
  ['accountCustomFieldMeta', (client) => client.accountFields.list()],
  ['accountCustomFieldData', (client) => client.accountFieldValues.list()],
  ['automations', (client) => client.automations.list()],
  ['campaigns', (client) => client.campaigns.list()],
  ['links', (client) => client.campaigns.links('1')],
  ['campaignMessages', (client) => client.campaigns.messages('1')],
  ['campaignLists', (client) => client.campaigns.lists('1')],
  ['messages', (client) => client.messages.list()],
  ['segments', (client) => client.segments.list()],
  ['users', (client) => client.users.list()],
  ['groups', (client) => client.groups.list()],
  ['groupLimits', (client) => client.groups.limits()],
  ['schemas', (client) => client.customObjects.schemas.list()],
]

const ids = {
  id: 1,
  contact: 2,
  account: 3,
  field: 4,
  list: 5,
  tag: 6,
  accountId: 7,
  customFieldId: 8,
  relid: 9,
}

describe('a row is read that has', () => {
  test.each(lists)('nothing but ids: %s', async (key, list) => {
    const { client } = scriptedService({ json: { [key]: [ids] } })
    expect(await list(client).toArray()).toMatchObject([{ id: '1' }])
  })

  test.each(lists)('null for all that is no id: %s', async (key, list) => {
    const { client: thin } = scriptedService({ json: { [key]: [ids] } })
    const [read] = await list(thin).toArray()
    const nulls = Object.fromEntries(Object.keys(read ?? {}).map((column) => [column, null]))
    const { client } = scriptedService({ json: { [key]: [{ ...nulls, ...ids }] } })
    expect(await list(client).toArray()).toMatchObject([{ id: '1' }])
  })
})

test.each(lists)('a row without id is a problem, and the others are read: %s', async (key, list) => {
  const { client } = scriptedService({ json: { [key]: [{ ...ids, id: null }, ids] } })
  for await (const page of list(client).byPage()) {
    expect(page.rows).toHaveLength(1)
    expect(page.problems).toMatchObject([{ problems: [{ path: `${key}.0.id` }] }])
  }
  expect.assertions(2)
})

// Were they taken for the end of the list, whoever looks for what is gone would find everything gone.
test.each(lists)('rows of which none has an id are problems, and no end: %s', async (key, list) => {
  const { client } = scriptedService({ json: { [key]: [{ ...ids, id: null }] } })
  await expect(list(client).toArray()).rejects.toMatchObject({ code: 'malformed-rows' })
})
