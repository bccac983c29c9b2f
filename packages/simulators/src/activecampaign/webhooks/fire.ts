import { isJsonArray, type Row, text } from '../core/json.ts'
import type { Change, Source, Store } from '../core/store.ts'
import { formOf, payloadOf } from './payload.ts'

/** Events that a webhook's `listid` narrows; on all others it has no effect. */
const listBound = new Set([
  'subscribe',
  'unsubscribe',
  'update',
  'sent',
  'open',
  'click',
  'reply',
  'forward',
  'share',
  'bounce',
])

const includes = (row: Row, column: string, wanted: string): boolean => {
  const value = row[column]
  return isJsonArray(value) && value.includes(wanted)
}

function hears(hook: Row, change: Change, source: Source): boolean {
  if (hook.active !== '1' || !includes(hook, 'events', change.type) || !includes(hook, 'sources', source))
    return false
  const list = text(hook.listid)
  return list === '0' || list === '' || !listBound.has(change.type) || list === change.list
}

/** Tells every webhook that listens: once each, never again, and never more after a 410. */
export function fireWebhooks(store: Store, change: Change, source: Source): void {
  const hooks = store.tables.webhooks.rows.filter((hook) => hears(hook, change, source))
  if (hooks.length === 0) return
  const body = formOf(payloadOf(store, change, source))
  for (const { id, url } of hooks) {
    const request = new Request(text(url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    })
    store.send(request, (status) => {
      const hook = store.tables.webhooks.get(id)
      if (status === 410 && hook !== undefined) store.tables.webhooks.put({ ...hook, active: '0' })
    })
  }
}
