import {
  type ActiveCampaignBehaviour,
  type ActiveCampaignSimulator,
  createActiveCampaignSimulator,
  createVirtualClock,
  type JsonValue,
  type VirtualClock,
} from '@dynacamp/simulators'
import { type SimulatedAnswer, toSimulatedAnswer } from './check-simulator.ts'

/** What exchanges are about. A world has one row of each kind that the simulator can make. */
export type Kind =
  | 'account'
  | 'accountContact'
  | 'accountField'
  | 'accountFieldValue'
  | 'address'
  | 'automation'
  | 'campaign'
  | 'contact'
  | 'contactAutomation'
  | 'contactDeal'
  | 'contactTag'
  | 'customObject'
  | 'externalRecord'
  | 'deal'
  | 'dealField'
  | 'dealFieldValue'
  | 'field'
  | 'fieldRel'
  | 'fieldValue'
  | 'form'
  | 'group'
  | 'groupMember'
  | 'list'
  | 'message'
  | 'note'
  | 'pipeline'
  | 'record'
  | 'stage'
  | 'tag'
  | 'trackingLog'
  | 'user'
  | 'webhook'

/** What the world's custom-object record is called outside. */
const externalId = 'crm-1'

/** After every recording, so that what was changed since then is there. */
const startMs = Date.UTC(2030, 0, 7)

/** An account with a row of each kind, and how to reach it. */
export interface World {
  readonly simulator: ActiveCampaignSimulator
  readonly clock: VirtualClock
  readonly ids: ReadonlyMap<Kind, string>
  send(request: SimulatedRequest): Promise<SimulatedAnswer>
}

export interface SimulatedRequest {
  readonly method: string
  /** Below `/api/3`, with its query. */
  readonly path: string
  readonly body?: JsonValue
}

/** What differs from world to world. */
export interface WorldOptions {
  /** The keys that rows had when the exchange was recorded. */
  readonly columns: ActiveCampaignBehaviour['columns']
  /** Whether the account refuses the sixth request of a second. */
  readonly isLimited: boolean
  /** The value of the one field of the custom object. */
  readonly recordValue: string | number
}

interface Step {
  readonly kind: Kind
  readonly path: string
  readonly body: (id: (kind: Kind) => string, options: WorldOptions) => JsonValue
}

/** In the order of what needs what. */
const steps: readonly Step[] = [
  step('contact', '/contacts', () => ({
    contact: { email: 'vera@example.com', firstName: 'Vera', lastName: 'Lind', phone: '+46 1' },
  })),
  step('tag', '/tags', () => ({
    tag: { tag: 'Met in person', tagType: 'contact', description: 'At a fair' },
  })),
  step('contactTag', '/contactTags', (id) => ({ contactTag: { contact: id('contact'), tag: id('tag') } })),
  step('list', '/lists', () => ({
    list: {
      name: 'Letters',
      stringid: 'letters',
      sender_url: 'https://example.com',
      sender_reminder: 'You asked for it.',
    },
  })),
  step('field', '/fields', () => ({
    field: { title: 'Colour', type: 'text', descript: 'Favourite', visible: 1 },
  })),
  step('fieldRel', '/fieldRels', (id) => ({ fieldRel: { field: id('field'), relid: '0' } })),
  step('fieldValue', '/fieldValues', (id) => ({
    fieldValue: { contact: id('contact'), field: id('field'), value: 'Blue' },
  })),
  step('account', '/accounts', () => ({
    account: { name: 'Lind & Co', accountUrl: 'https://www.example.com' },
  })),
  step('accountContact', '/accountContacts', (id) => ({
    accountContact: { contact: id('contact'), account: id('account'), jobTitle: 'Owner' },
  })),
  step('accountField', '/accountCustomFieldMeta', () => ({
    accountCustomFieldMetum: { fieldLabel: 'Size', fieldType: 'text' },
  })),
  step('accountFieldValue', '/accountCustomFieldData', (id) => ({
    accountCustomFieldDatum: {
      customerAccountId: id('account'),
      accountId: id('account'),
      customFieldId: id('accountField'),
      fieldValue: '10',
    },
  })),
  step('note', '/notes', (id) => ({
    note: { note: 'Called back.', relid: id('contact'), reltype: 'Subscriber' },
  })),
  step('webhook', '/webhooks', () => ({
    webhook: { name: 'Hook', url: 'https://example.com/hook', events: ['subscribe'], sources: ['public'] },
  })),
  step('message', '/messages', () => ({
    message: {
      fromname: 'Vera',
      fromemail: 'vera@example.com',
      reply2: 'vera@example.com',
      subject: 'Hello',
      text: 'Hi',
      html: '<p>Hi</p>',
    },
  })),
  step('campaign', '/campaign', () => ({ name: 'Spring', type: 'single' })),
  step('pipeline', '/dealGroups', () => ({ dealGroup: { title: 'Sales', currency: 'usd' } })),
  step('stage', '/dealStages', (id) => ({ dealStage: { title: 'Open', group: id('pipeline') } })),
  step('deal', '/deals', (id) => ({
    deal: {
      title: 'Boat',
      value: 1000,
      currency: 'usd',
      contact: id('contact'),
      group: id('pipeline'),
      stage: id('stage'),
      owner: '1',
    },
  })),
  step('dealField', '/dealCustomFieldMeta', () => ({
    dealCustomFieldMetum: { fieldLabel: 'Size', fieldType: 'text' },
  })),
  step('dealFieldValue', '/dealCustomFieldData', (id) => ({
    dealCustomFieldDatum: { dealId: id('deal'), customFieldId: id('dealField'), fieldValue: '10' },
  })),
  step('address', '/addresses', () => ({
    address: { companyName: 'Lind & Co', address1: 'Quay 1', city: 'Oslo', zip: '0150', country: 'NO' },
  })),
  step('group', '/groups', () => ({ group: { title: 'Team', descript: 'People' } })),
  step('user', '/users', (id) => ({
    user: {
      username: 'ola',
      firstName: 'Ola',
      lastName: 'Berg',
      email: 'ola@example.com',
      group: id('group'),
      password: 'secret',
    },
  })),
  step('customObject', '/customObjects/schemas', (_, { recordValue }) => ({
    schema: {
      slug: 'boats',
      labels: { singular: 'Boat', plural: 'Boats' },
      fields: [
        {
          id: 'name',
          labels: { singular: 'Name', plural: 'Names' },
          type: typeof recordValue === 'number' ? 'number' : 'text',
          required: false,
        },
      ],
      relationships: [
        {
          id: 'primary-contact',
          labels: { singular: 'Contact', plural: 'Contacts' },
          namespace: 'contacts',
          hasMany: false,
        },
      ],
    },
  })),
  step('record', '/customObjects/records/boats', (id, { recordValue }) => ({
    record: {
      externalId,
      fields: [{ id: 'name', value: recordValue }],
      relationships: { 'primary-contact': [Number(id('contact'))] },
    },
  })),
  step('groupMember', '/groupMembers', (id) => ({ groupMember: { rel_id: id('field'), group_id: '1' } })),
  step('contactAutomation', '/contactAutomations', (id) => ({
    contactAutomation: { contact: id('contact'), automation: id('automation') },
  })),
]

function step(kind: Kind, path: string, body: Step['body']): Step {
  return { kind, path, body }
}

/** An account of its own for one exchange. */
export async function createActiveCampaignWorld(options: WorldOptions): Promise<World> {
  const clock = createVirtualClock(startMs)
  const simulator = createActiveCampaignSimulator({
    clock,
    behaviour: { columns: options.columns },
    ...(options.isLimited ? {} : { rateLimit: false }),
  })
  const send = async ({ method, path, body }: SimulatedRequest): Promise<SimulatedAnswer> => {
    const headers = { 'Api-Token': simulator.apiKey, 'content-type': 'application/json' }
    const init =
      body === undefined || body === null
        ? { method, headers }
        : { method, headers, body: JSON.stringify(body) }
    return toSimulatedAnswer(await simulator.fetch(new Request(`${simulator.baseUrl}/api/3${path}`, init)))
  }
  const ids = new Map<Kind, string>([
    ['user', '1'],
    ['externalRecord', externalId],
    // The API makes no automations and no forms.
    ['automation', String(simulator.insert('automations', { name: 'Welcome' }).id)],
    ['form', String(simulator.insert('forms', { name: 'Sign up' }).id)],
  ])
  const id = (kind: Kind) => ids.get(kind) ?? '1'
  for (const { kind, path, body } of steps) {
    const there = path.replace('/boats', `/${id('customObject')}`)
    if (options.isLimited) await clock.advance(1000)
    const made = idIn((await send({ method: 'POST', path: there, body: body(id, options) })).body)
    if (made !== undefined) ids.set(kind, made)
  }
  simulator.trackEvent(id('contact'), 'visit', 'x')
  ids.set('trackingLog', '1')
  return { simulator, clock, ids, send }
}

/** The id of the row that an answer to a creation holds. */
function idIn(body: JsonValue): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  for (const value of [body, ...Object.values(body)]) {
    if (typeof value === 'object' && value !== null && 'id' in value && !Array.isArray(value))
      return String(value.id)
  }
  return undefined
}
