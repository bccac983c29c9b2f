import type { Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { text } from '../core/json.ts'
import { missing } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

export const lists: Resource = {
  path: 'lists',
  one: 'list',
  model: '_List',
  links: ['contactGoalLists', 'user', 'addressLists'],
  readOnly: [
    'userid',
    'cdate',
    'udate',
    'created_timestamp',
    'updated_timestamp',
    'created_by',
    'updated_by',
  ],
  defaults: (store) => ({
    stringid: '',
    userid: '1',
    name: '',
    cdate: store.iso(),
    p_use_tracking: '1',
    p_use_analytics_read: '0',
    p_use_analytics_link: '0',
    p_use_twitter: '0',
    p_use_facebook: '0',
    p_embed_image: '1',
    p_use_captcha: '1',
    send_last_broadcast: '0',
    private: '0',
    analytics_domains: null,
    analytics_source: '',
    analytics_ua: '',
    twitter_token: '',
    twitter_token_secret: '',
    facebook_session: null,
    carboncopy: '',
    subscription_notify: '',
    unsubscription_notify: '',
    require_name: '0',
    get_unsubscribe_reason: '0',
    to_name: 'Subscriber',
    optinoptout: '1',
    sender_name: '',
    sender_addr1: '',
    sender_addr2: '',
    sender_city: '',
    sender_state: '',
    sender_zip: '',
    sender_country: '',
    sender_phone: '',
    sender_url: '',
    sender_reminder: '',
    fulladdress: '',
    optinmessageid: '0',
    optoutconf: '0',
    deletestamp: null,
    udate: store.iso(),
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
    channel: 'email',
    description: '',
  }),
  accept: (call, sent, current) => {
    const columns = sentColumns(lists, call, sent)
    const name = text(sent.name ?? current?.name)
    if (name === '') throw missing('list', 'name')
    if (current !== undefined) return { ...columns, updated_by: '1' }
    const stringid = name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    return { stringid, ...columns, ...('user' in sent ? { userid: text(sent.user) } : {}) }
  },
  created: (row, sent) => ({
    cdate: text(row.cdate),
    udate: text(row.udate),
    ...('user' in sent ? { user: sent.user ?? null } : {}),
  }),
  computed: (row) => ({ user: text(row.userid) }),
  listed: (row, store) => {
    const members = store.tables.contactLists.by('list', row.id)
    const active = members.filter((member) => member.status === '1')
    return { non_deleted_subscribers: String(members.length), active_subscribers: String(active.length) }
  },
  // Recorded: a change moves udate and leaves updated_timestamp where it was.
  touched: (store) => ({ udate: store.iso() }),
  wrote: (row, { store }, before) => {
    if (before === undefined)
      store.emit({ type: 'list_add', list: row.id, blocks: { list: { id: row.id, name: text(row.name) } } })
  },
  removed: (row, { store }) => {
    for (const member of store.tables.contactLists.by('list', row.id))
      store.tables.contactLists.remove(member.id)
  },
  list: { contains: ['name'], searches: ['name'] },
  permission: {
    create: 'pgListAdd',
    update: 'pgListEdit',
    remove: 'pgListDelete',
    detail: 'You do not have permission to create lists.',
  },
}

/** Which user groups see a list; without a row a list made by the API is seen by none. */
const listGroups: Resource = {
  path: 'listGroups',
  one: 'listGroup',
  model: 'ListGroup',
  links: ['list', 'group'],
  defaults: () => ({ listid: '', groupid: '' }),
  accept: (_, sent) => {
    for (const attribute of ['listid', 'groupid']) {
      if (text(sent[attribute]) === '') throw missing('listGroup', attribute)
    }
    return { listid: text(sent.listid), groupid: text(sent.groupid) }
  },
  computed: (row) => ({ list: text(row.listid), group: text(row.groupid) }),
  permission: { create: 'pgListEdit', update: 'pgListEdit', remove: 'pgListEdit' },
}

export const listEndpoints: readonly Endpoint[] = [...crud(lists), ...crud(listGroups)]
