import type { Endpoint } from '../core/call.ts'
import { utcStamp } from '../core/central-time.ts'
import { crud } from '../core/crud.ts'
import { customDataEndpoints, customFieldData, customFieldMeta, dataOfOwner } from '../core/custom-fields.ts'

const owner = {
  meta: 'accountCustomFieldMeta',
  data: 'accountCustomFieldData',
  metum: 'accountCustomFieldMetum',
  datum: 'accountCustomFieldDatum',
  ownerId: 'accountId',
  sentOwnerId: 'customerAccountId',
  links: ['account', 'accountCustomFieldMetum'],
  now: (store) => utcStamp(store.now()),
  wrote: (store, id) => {
    const account = store.tables.accounts.get(id)
    if (account === undefined || store.behaviour.accountFieldWrite === 'keeps-account') return
    store.tables.accounts.put({ ...account, updatedTimestamp: store.iso() })
  },
} satisfies Parameters<typeof customFieldData>[0]

export const accountMeta = customFieldMeta(owner)
export const accountData = customFieldData(owner)

export const accountCustomFieldEndpoints: readonly Endpoint[] = [
  ...crud(accountMeta),
  ...customDataEndpoints(accountData),
  dataOfOwner(accountData, 'accounts'),
]
