/**
 * A mail the account really sent, personalised.
 *
 * @example
 * ```ts
 * const { mails } = createActiveCampaignSimulator()
 * const subjects = mails.map((mail: Mail) => mail.subject)
 * ```
 */
export interface Mail {
  readonly to: string
  readonly contactId: string
  readonly campaignId: string
  readonly messageId: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** What was asked for: `send`, `test` or `copy`. */
  readonly action: string
  /** Epoch milliseconds. */
  readonly atMs: number
}
