import type { z } from 'zod'
import { row } from '../row.ts'
import { id, instant, text } from '../wire.ts'

export const accountContactRow = row({
  id,
  contact: id,
  account: id,
  jobTitle: text,
  createdTimestamp: instant,
  updatedTimestamp: instant,
})

/** The link between a contact and its one account. The job title lives here, not on the contact. */
export type AccountContact = Readonly<z.output<typeof accountContactRow>>
