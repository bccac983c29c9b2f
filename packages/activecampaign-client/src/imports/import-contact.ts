import type { FieldValueInput } from '../fields/field-value.ts'
import { joinChoices } from '../fields/field-value.ts'

/** A contact to import. It is made, or the contact of its e-mail updated. */
export interface ImportContact {
  readonly email: string
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly phone?: string | undefined
  /** Name of its account, made when there is none. */
  readonly accountName?: string | undefined
  /** Names of tags to add, made when there are none. */
  readonly tags?: readonly string[] | undefined
  readonly fieldValues?: readonly FieldValueInput[] | undefined
  /** Ids of lists to subscribe to. The service refuses a contact who unsubscribed from one of them. */
  readonly subscribe?: readonly string[] | undefined
  /** Ids of lists to unsubscribe from. */
  readonly unsubscribe?: readonly string[] | undefined
}

/** A contact as bulk import takes it: snake case, ids as numbers, account and tags by name. */
export function wireImport(contact: ImportContact, excludeAutomations: boolean) {
  const { email, firstName, lastName, phone, accountName, tags, fieldValues, subscribe, unsubscribe } =
    contact
  return {
    email: email.trim(),
    ...(firstName !== undefined && { first_name: firstName }),
    ...(lastName !== undefined && { last_name: lastName }),
    ...(phone !== undefined && { phone }),
    ...(accountName !== undefined && { customer_acct_name: accountName }),
    ...(tags !== undefined && { tags }),
    ...(fieldValues !== undefined && { fields: fieldValues.map(wireField) }),
    ...(subscribe !== undefined && { subscribe: subscribe.map(wireList) }),
    ...(unsubscribe !== undefined && { unsubscribe: unsubscribe.map(wireList) }),
    // The documents put this into the contact in one place and beside the contacts in another.
    ...(excludeAutomations && { exclude_automations: true }),
  }
}

const wireField = ({ field, value }: FieldValueInput) => ({
  id: Number(field),
  value: typeof value === 'string' ? value : joinChoices(value),
})

const wireList = (list: string) => ({ listid: Number(list) })
