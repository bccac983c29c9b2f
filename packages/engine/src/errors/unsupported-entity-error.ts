/** The definition switches on an entity that this release can describe and check, but not sync. Nothing was read or written. */
export class UnsupportedEntityError extends Error {
  override readonly name = 'UnsupportedEntityError'
  readonly code = 'unsupported-entity'
  readonly entities: readonly string[]

  constructor(entities: readonly string[]) {
    super(
      `This release syncs contacts, leads and opportunities, not ${entities.join(' or ')}. Take them out of the definition for now.`,
    )
    this.entities = entities
  }
}
