/** The definition maps custom fields that the ActiveCampaign account does not have. Nothing was read or written. */
export class MissingFieldError extends Error {
  override readonly name = 'MissingFieldError'
  readonly code = 'missing-field'
  /** Personalisation tags, such as `POSITION`. */
  readonly fields: readonly string[]

  constructor(fields: readonly string[], of: 'contacts' | 'accounts' = 'contacts') {
    const [one, place] = of === 'contacts' ? ['contact', 'Contacts'] : ['account', 'Accounts']
    super(
      `ActiveCampaign has no custom ${one} field ${fields.join(', ')}. ` +
        `Make it there (${place}, Manage fields), or take its mapping out of the definition.`,
    )
    this.fields = fields
  }
}
