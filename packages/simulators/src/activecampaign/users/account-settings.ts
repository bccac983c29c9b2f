import type { Endpoint } from '../core/call.ts'
import { type JsonObject, text } from '../core/json.ts'
import { checkPermission } from '../core/permission.ts'

/** `GET /settings/account`: about the account itself, for administrators. Not the companies of `/accounts`. */
export const accountSettings: Endpoint = {
  operation: 'settings.account',
  method: 'GET',
  path: 'settings/account',
  handle: ({ store }) => {
    checkPermission(store, 'p_admin')
    const owner: JsonObject = store.tables.users.get('1') ?? {}
    const { contactLimit } = store.behaviour
    return {
      status: 200,
      headers: { 'cache-control': 'private' },
      body: {
        account: new URL(store.origin).hostname,
        email: text(owner.email),
        first_name: text(owner.firstName),
        last_name: text(owner.lastName),
        cname: '',
        status: 'active',
        subscriber_limit: Number.isFinite(contactLimit) ? contactLimit : 250_000,
        subscriber_total: store.contacts.rows.filter((contact) => !contact.removed).length,
        trial: false,
        credits: null,
        branding: false,
      },
    }
  },
}
