import type { Endpoint } from '../core/call.ts'
import { crud, sentColumns } from '../core/crud.ts'
import { text } from '../core/json.ts'
import { invalid } from '../core/reply.ts'
import type { Resource } from '../core/resource.ts'

/** Mails. The body goes into `html`; what the designer made cannot be changed through the API. */
export const messages: Resource = {
  path: 'messages',
  one: 'message',
  model: 'Message',
  links: ['user', 'hyperlinks'],
  readOnly: ['userid', 'cdate', 'mdate', 'ed_instanceid', 'ed_version'],
  defaults: (store) => ({
    userid: '1',
    ed_instanceid: '0',
    ed_version: '1',
    cdate: store.iso(),
    mdate: store.iso(),
    name: '',
    fromname: '',
    fromemail: '',
    reply2: '',
    priority: '3',
    charset: 'utf-8',
    encoding: '8bit',
    format: 'mime',
    subject: '',
    preheader_text: '',
    text: '',
    html: '',
    htmlfetch: 'now',
    textfetch: 'now',
    hidden: '0',
    preview_mime: '',
    preview_data: '',
  }),
  accept: (call, sent, current) => {
    if (text(current?.ed_instanceid ?? '0') !== '0') {
      throw invalid('Messages made in the designer cannot be edited.', 'field_invalid', 'ed_instanceid')
    }
    return sentColumns(messages, call, sent)
  },
  created: (row) => ({ text: text(row.text), html: text(row.html) }),
  computed: (row) => ({ user: text(row.userid) }),
  touched: (store) => ({ mdate: store.iso() }),
}

export const messageEndpoints: readonly Endpoint[] = crud(messages)
