import { type Endpoint, param } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { objectAt, text } from '../core/json.ts'
import { noResult, ok } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

const forms: Resource = {
  path: 'forms',
  one: 'form',
  model: 'Form',
  links: ['address'],
  defaults: (store) => ({
    name: '',
    action: '',
    actiondata: {},
    submit: 'show-thank-you',
    submitdata: {},
    url: null,
    layout: 'inline-form',
    title: null,
    body: null,
    button: 'Submit',
    thanks: '',
    style: {},
    options: {},
    cfields: [],
    parentformid: '0',
    userid: '1',
    addressid: '0',
    cdate: store.iso(),
    udate: store.iso(),
    source: 'builder',
    entries: '0',
    aid: null,
  }),
  computed: (row) => ({ address: text(row.addressid) === '0' ? null : text(row.addressid) }),
}

const templates: Resource = {
  path: 'templates',
  one: 'template',
  model: 'Template',
  links: [],
  defaults: (store) => ({
    userid: '1',
    ed_instanceid: '0',
    ed_version: '0',
    name: '',
    subject: '',
    content: '',
    categoryid: '0',
    used: '0',
    waitpreview: '0',
    importnum: '0',
    preview_content: null,
    mdate: store.iso(),
  }),
  computed: (row) => ({ user: text(row.userid) }),
}

const scores: Resource = {
  path: 'scores',
  one: 'score',
  model: 'Score',
  links: [],
  defaults: (store) => ({
    reltype: 'contact',
    name: '',
    descript: '',
    status: '1',
    cdate: store.iso(),
    mdate: store.iso(),
  }),
}

/** Segments of the old kind. `contacts` is the simulator's own column: who is in it. */
const segments: Resource = {
  path: 'segments',
  one: 'segment',
  model: 'Segment',
  links: [],
  defaults: () => ({ name: '', logic: 'and', hidden: '0', seriesid: '0', contacts: [] }),
  hidden: ['contacts'],
}

const ofSubscriber = (
  path: 'emailActivities' | 'contactEmails' | 'linkData' | 'contactGoals',
  one: string,
): Resource => ({
  path,
  one,
  model: one,
  links: [],
  defaults: () => ({}),
})

const eventTrackingEvents: Resource = {
  path: 'eventTrackingEvents',
  one: 'eventTrackingEvent',
  model: 'EventTrackingEvent',
  links: [],
  defaults: () => ({ name: '' }),
}

/** Settings by id: only reading and changing, only for settings that exist. */
const setConfig: Endpoint = {
  operation: 'configs.update',
  method: 'PUT',
  path: 'configs/:id',
  handle: (call) => {
    const { configs } = call.store.tables
    const row = configs.get(param(call, 'id'))
    if (row === undefined) throw noResult('ConfigResult', param(call, 'id'))
    return ok({ config: configs.put({ ...row, ...objectAt(call.body, 'config'), id: row.id }) })
  },
}

export const readOnlyResources: readonly Resource[] = [forms, templates, scores, segments]

export const readOnlyEndpoints: readonly Endpoint[] = [
  ...readOnlyResources.flatMap((resource) => crud(resource, ['list', 'get'])),
  ...crud(ofSubscriber('emailActivities', 'emailActivity'), ['list']),
  ...crud(ofSubscriber('contactEmails', 'contactEmail'), ['list']),
  ...crud(ofSubscriber('linkData', 'linkData'), ['list']),
  ...crud(eventTrackingEvents, ['list', 'create']),
  setConfig,
]
