/**
 * A service answered with rows that cannot be read, and it is not one odd contact, which is held. Nothing is planned from a reading that
 * has holes: a value that was not understood must not look like a value that was cleared. The next run reads them again.
 */
export class UnreadableAnswerError extends Error {
  override readonly name = 'UnreadableAnswerError'
  readonly code = 'unreadable-answer'
  /** What was read, such as `contacts of ActiveCampaign`. */
  readonly source: string
  readonly rows: number

  constructor(source: string, rows: number) {
    super(
      `${rows} of the ${source} could not be read, so nothing was planned. Look at these rows; the next run reads them again.`,
    )
    this.source = source
    this.rows = rows
  }
}
