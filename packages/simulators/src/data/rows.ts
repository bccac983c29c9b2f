/** A JSON value, as the services put it into rows. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

/** One row, as the Dataverse Web API returns it: columns, `_lookup_value` columns and annotations. */
export type DynamicsRow = Readonly<Record<string, JsonValue>>

/** What a column that the standard tables lack looks like. `options` belong to the two choice types. */
export interface CustomColumn {
  readonly table: DynamicsTable
  readonly name: string
  readonly label: string
  readonly type:
    | 'boolean'
    | 'integer'
    | 'decimal'
    | 'date'
    | 'datetime'
    | 'text'
    | 'memo'
    | 'choice'
    | 'choices'
  readonly options?: readonly { readonly value: number; readonly label: string }[]
}

/** The entity sets that a data file may hold. */
export type DynamicsTable = 'contacts' | 'leads' | 'accounts' | 'opportunities'

/** The content of a Dynamics 365 data file. `columns` describes custom columns whose type the values alone do not tell. */
export interface DynamicsData {
  readonly contacts: readonly DynamicsRow[]
  readonly leads: readonly DynamicsRow[]
  readonly accounts: readonly DynamicsRow[]
  readonly opportunities: readonly DynamicsRow[]
  readonly columns: readonly CustomColumn[]
}

/** A custom field's value on a contact. `field` is the field's id, personalisation tag or title. */
export interface ContactFieldValue {
  readonly field: string | number
  readonly value: string | number | boolean | null | readonly string[]
}

/** One row of ActiveCampaign's `/contacts`, with its field values and the names of its tags where known. */
export interface ActiveCampaignContactRow {
  readonly id?: string | number
  readonly email?: string | null
  readonly firstName?: string | null
  readonly lastName?: string | null
  readonly phone?: string | null
  readonly fieldValues?: readonly ContactFieldValue[]
  readonly tags?: readonly string[]
  readonly [key: string]: unknown
}

/** One row of ActiveCampaign's `/accounts`. */
export interface ActiveCampaignAccountRow {
  readonly id?: string | number
  readonly name: string
  readonly accountUrl?: string | null
  readonly [key: string]: unknown
}

/** The types ActiveCampaign has for contact fields, as far as data files need them. */
export type CustomFieldType =
  | 'text'
  | 'textarea'
  | 'number'
  | 'date'
  | 'datetime'
  | 'dropdown'
  | 'radio'
  | 'listbox'
  | 'checkbox'
  | 'hidden'

/** A custom field on ActiveCampaign's contacts. */
export interface CustomField {
  readonly id?: string | number
  readonly title: string
  readonly type: CustomFieldType
  readonly perstag?: string
  readonly options?: readonly string[]
}

/** The content of an ActiveCampaign data file. `fields` describes custom fields as `/fields` does. */
export interface ActiveCampaignData {
  readonly contacts: readonly ActiveCampaignContactRow[]
  readonly accounts: readonly ActiveCampaignAccountRow[]
  readonly fields: readonly CustomField[]
}
