/** The state was written with another sealing key, with one where none is given, or without one. Nothing was read. */
export class StateKeyError extends Error {
  override readonly name = 'StateKeyError'
  readonly code = 'state-key'

  constructor() {
    super(
      'The state was not written with this sealing key. Give the key that it was written with, or begin with an empty state.',
    )
  }
}
