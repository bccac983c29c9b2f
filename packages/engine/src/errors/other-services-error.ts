/** The two services of a sync: the origins of their URLs. */
export interface ServiceUrls {
  readonly dynamics: string
  readonly activeCampaign: string
}

const pairOf = ({ dynamics, activeCampaign }: ServiceUrls): string => `${dynamics} and ${activeCampaign}`

/**
 * The state knows the records of another D365 environment, or of another ActiveCampaign account: here all of them would look deleted.
 * No service was called, and the state is as it was.
 */
export class OtherServicesError extends Error {
  override readonly name = 'OtherServicesError'
  readonly code = 'other-services'
  /** Whose records the state knows. */
  readonly known: ServiceUrls
  /** What the sync is connected to. */
  readonly given: ServiceUrls

  constructor(known: ServiceUrls, given: ServiceUrls) {
    super(
      `The state belongs to ${pairOf(known)}, and this sync is connected to ${pairOf(given)}. Give these services a state or a tenant of their own; if they are the same under a new URL, call acceptServices() once.`,
    )
    this.known = known
    this.given = given
  }
}
