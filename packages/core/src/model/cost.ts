/** Calls of each service, in whole numbers. */
export interface Calls {
  readonly dynamics: number
  readonly activeCampaign: number
}
