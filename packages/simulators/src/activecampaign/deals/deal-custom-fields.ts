import type { Endpoint } from '../core/call.ts'
import { crud } from '../core/crud.ts'
import { customDataEndpoints, customFieldData, customFieldMeta, dataOfOwner } from '../core/custom-fields.ts'

const owner = {
  meta: 'dealCustomFieldMeta',
  data: 'dealCustomFieldData',
  metum: 'dealCustomFieldMetum',
  datum: 'dealCustomFieldDatum',
  ownerId: 'dealId',
  sentOwnerId: 'dealId',
  links: ['deal', 'dealCustomFieldMetum'],
  now: (store) => new Date(store.now()).toISOString().replace(/\.\d+Z$/, '+00:00'),
  wrote: () => undefined,
} satisfies Parameters<typeof customFieldData>[0]

export const dealMeta = customFieldMeta(owner)
export const dealData = customFieldData(owner)

export const dealCustomFieldEndpoints: readonly Endpoint[] = [
  ...crud(dealMeta),
  ...customDataEndpoints(dealData),
  dataOfOwner(dealData, 'deals'),
]
