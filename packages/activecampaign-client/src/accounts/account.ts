import { z } from 'zod'
import { row } from '../row.ts'
import { id, instant, number, optionalText, reference, text } from '../wire.ts'

/** A value of an account's custom field: several choices as an array, money in hundredths of its currency. */
export type AccountFieldContent = string | number | boolean | readonly string[] | null

const content = z
  .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
  .nullish()
  .transform((value): AccountFieldContent => value ?? null)

/** What a custom field of an account holds, wherever it is sent along. */
export const contentShape = { fieldValue: content, fieldCurrency: optionalText }

const inlineValueRow = row({ customFieldId: id, ...contentShape })

export const accountRow = row({
  id,
  /** Unique in the account of ActiveCampaign. */
  name: text,
  accountUrl: optionalText,
  /** Id of a user. */
  owner: reference,
  createdTimestamp: instant,
  updatedTimestamp: instant,
  /** 0 unless the list was asked to count; null where it is not told. */
  contactCount: number,
  dealCount: number,
  /** Custom fields as they were written; only writes answer them. */
  fields: z
    .array(inlineValueRow)
    .nullish()
    .transform((fields) => fields ?? []),
  /** Whether a write saved the custom fields too: `success`. */
  customFieldSaveStatus: z.object({ status: text }).nullish(),
})

/** An account: a company. @see https://developers.activecampaign.com/reference/list-all-accounts */
export type Account = Readonly<z.output<typeof accountRow>>
