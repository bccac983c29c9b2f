import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, instant, text } from '../wire.ts'

export const userRow = row({
  id,
  username: text,
  firstName: text,
  lastName: text,
  email: text,
  phone: text,
  /** IANA name of the user's time zone. The service's times do not follow it. */
  localZoneid: text,
  mfaEnabled: flag,
  cdate: instant,
  udate: instant,
})

/** A user of the account. The key belongs to one, and may do what its group may. */
export type User = Readonly<z.output<typeof userRow>>
