import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, number, text } from '../wire.ts'

export const accountInfoRow = row({
  /** Name of the account, the first part of its host. */
  account: text,
  email: text,
  first_name: text,
  last_name: text,
  cname: text,
  status: text,
  /** How many contacts the plan allows. */
  subscriber_limit: number,
  subscriber_total: number,
  trial: flag,
  credits: number,
})

/** The ActiveCampaign account itself; companies are `accounts`. */
export type AccountInfo = Readonly<z.output<typeof accountInfoRow>>
