import type { Endpoint } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { text } from '../core/json.ts'
import type { Resource } from '../core/resource.ts'

/** The senders' postal addresses. Exactly one is the default: the newest, unless another is chosen. */
export const addresses: Resource = {
  path: 'addresses',
  one: 'address',
  model: 'Address',
  links: ['addressGroup', 'addressList', 'forms'],
  readOnly: ['created_timestamp', 'updated_timestamp', 'created_by', 'updated_by'],
  defaults: (store) => ({
    companyName: '',
    address1: '',
    address2: '',
    city: '',
    state: '',
    district: '',
    zip: '',
    country: '',
    allgroup: '0',
    isDefault: '1',
    created_timestamp: store.stamp(),
    updated_timestamp: store.stamp(),
    created_by: null,
    updated_by: null,
  }),
  created: (_, sent) => ({ isDefault: sent.isDefault ?? 1 }),
  // A boolean sent comes back as the number it was turned into.
  computed: (row, _store, { body }) => ('address' in body ? { isDefault: Number(text(row.isDefault)) } : {}),
}

export const addressEndpoints: readonly Endpoint[] = crud(addresses)
