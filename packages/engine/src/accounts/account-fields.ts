import type { ActiveCampaignClient } from '@dynacamp/activecampaign-client'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

const standardFields = ['name', 'accountUrl']

/** A custom field of accounts; `currency` is that of a money field, null for others. */
export interface AccountField {
  readonly id: string
  readonly currency: string | null
}

/** Custom fields of accounts that are read, by personalisation tag. */
export type AccountFields = Readonly<Record<string, AccountField>>

export const isStandardAccountField = (name: string): boolean => standardFields.includes(name)

/**
 * Finds the custom fields of accounts that the definition looks at. The list of fields is read to its end.
 *
 * @throws MissingFieldError when ActiveCampaign lacks one of them.
 */
export const findAccountFields = async (
  client: ActiveCampaignClient,
  { fieldsRead }: CompiledEntity,
  signal: AbortSignal | undefined,
): Promise<AccountFields> => {
  const custom = new Set(fieldsRead.filter((name) => !isStandardAccountField(name)))
  if (custom.size === 0) return {}
  const found: Record<string, AccountField> = {}
  for await (const field of client.accountFields.list(signal ? { signal } : {})) {
    if (!custom.has(field.personalization)) continue
    const currency = field.fieldType === 'currency' ? (field.fieldDefaultCurrency ?? null) : null
    found[field.personalization] = { id: field.id, currency }
  }
  const missing = [...custom].filter((name) => found[name] === undefined)
  if (missing.length > 0) throw new MissingFieldError(missing, 'accounts')
  return found
}

const cursor = 'activecampaign/accounts/fields'

/** Remembers them for what writes accounts. */
export const rememberAccountFields = ({ cursors }: StateTransaction, fields: AccountFields): Promise<void> =>
  cursors.set(cursor, JSON.stringify(fields))

/** Those of the last reading; none before the first. */
export const knownAccountFields = async ({ cursors }: StateTransaction): Promise<AccountFields> =>
  fromText<AccountFields>((await cursors.get(cursor)) ?? '{}')
