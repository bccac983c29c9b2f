import { type Endpoint, param } from '../core/call.ts'
import { crud, rowOr404 } from '../core/crud.ts'
import { ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'
import { listRow } from '../core/show.ts'
import { contactAutomations } from './contact-automations.ts'

/** Automations can be read and entered; the API makes and changes none. `status`: 1 active, 2 inactive, 0 draft. */
export const automations: Resource = {
  path: 'automations',
  one: 'automation',
  model: 'Series',
  links: [
    'campaigns',
    'contactGoals',
    'contactAutomations',
    'blocks',
    'goals',
    'sms',
    'sitemessages',
    'triggers',
  ],
  defaults: (store) => ({
    name: '',
    cdate: store.iso(),
    mdate: store.iso(),
    userid: '1',
    status: '1',
    entered: '0',
    exited: '0',
    hidden: '0',
    entitlements_violation: '0',
    source: '0',
    description: null,
    exit_on_unsubscribe: '0',
    exit_on_conversion: '0',
    multientry: '1',
    screenshot: null,
  }),
  list: {
    contains: ['name'],
    searches: ['name'],
    meta: (store) => ({
      starts: store.tables.automations.rows.map(({ id }) => ({ id, series: id, type: 'subscribe' })),
      filtered: false,
      smsLogs: [],
    }),
  },
}

const entries: Endpoint = {
  operation: 'automations.contactAutomations',
  method: 'GET',
  path: 'automations/:id/contactAutomations',
  handle: (call) => {
    const automation = rowOr404(automations, call, param(call, 'id'))
    const rows = call.store.tables.contactAutomations.by('automation', automation.id)
    return ok({ contactAutomations: rows.map((row) => listRow(contactAutomations, row, call)) })
  },
}

export const automationEndpoints: readonly Endpoint[] = [...crud(automations, ['list', 'get']), entries]
