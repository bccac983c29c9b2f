import type { Place } from '../schema/entity.ts'
import type { FieldSet } from '../schema/field.ts'
import type { NamesField } from './family.ts'
import type { Subjects } from './parse-where.ts'

/** What contacts of ActiveCampaign have besides fields: tags and lists by name, and states of subscription. */
export const contactSubjects = {
  tags: { type: 'names' },
  lists: { type: 'names' },
  status: { type: 'names', options: ['unconfirmed', 'active', 'unsubscribed', 'bounced'] },
} as const satisfies Readonly<Record<string, NamesField>>

/** What conditions on records of ActiveCampaign can be on; only contacts have tags and lists. */
export const inboundSubjects = (fields: FieldSet, place: Place): Subjects =>
  place === 'contacts' ? { ...fields, ...contactSubjects } : fields
