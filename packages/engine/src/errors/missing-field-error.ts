/** The definition maps custom fields that the ActiveCampaign account does not have. Nothing was read or written. */
export class MissingFieldError extends Error {
  override readonly name = 'MissingFieldError'
  readonly code = 'missing-field'
  /** Personalisation tags, such as `POSITION`. */
  readonly fields: readonly string[]

  constructor(fields: readonly string[]) {
    super(
      `ActiveCampaign has no custom contact field ${fields.join(', ')}. ` +
        'Make it there (Contacts, Manage fields), or take its mapping out of the definition.',
    )
    this.fields = fields
  }
}
