/** A later version of the engine has brought this state up to date. Nothing was read or written. */
export class NewerStateError extends Error {
  override readonly name = 'NewerStateError'
  readonly code = 'newer-state'
  /** Names of the migrations that this version does not know. */
  readonly migrations: readonly string[]

  constructor(migrations: readonly string[]) {
    super(
      `The state was written by a later version of @dynacamp/engine (${migrations.join(', ')}). Update the engine, or restore a backup from before.`,
    )
    this.migrations = migrations
  }
}
