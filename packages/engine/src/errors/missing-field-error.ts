/**
 * The definition looks at custom fields that the ActiveCampaign account does not have. `plan`, `apply` and `runRecord` have read and written
 * nothing; `run` has done what has nothing to do with them, and throws it as the `cause` of a `RunFailedError`.
 */
export class MissingFieldError extends Error {
  override readonly name = 'MissingFieldError'
  readonly code = 'missing-field'
  /** Personalisation tags, such as `POSITION`. */
  readonly fields: readonly string[]

  constructor(fields: readonly string[], of: 'contacts' | 'accounts' = 'contacts') {
    const [one, place] = of === 'contacts' ? ['contact', 'Contacts'] : ['account', 'Accounts']
    super(
      `ActiveCampaign has no custom ${one} field ${fields.join(', ')}. ` +
        `Make it there (${place}, Manage fields), or take it out of the definition.`,
    )
    this.fields = fields
  }
}
