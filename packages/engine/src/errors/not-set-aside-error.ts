import type { RecordName } from '../state/kinds.ts'

/** This record is not set aside: it never failed, it was cured or released meanwhile, or its name is not the one it is listed under. */
export class NotSetAsideError extends Error {
  override readonly name = 'NotSetAsideError'
  readonly code = 'not-set-aside'
  readonly record: RecordName

  constructor(record: RecordName) {
    super(
      `${record.entity} ${record.id} (${record.side}) is not set aside: it never failed, or it is cured. ` +
        '`setAsides.list()` has those that are, each under its name.',
    )
    this.record = record
  }
}
