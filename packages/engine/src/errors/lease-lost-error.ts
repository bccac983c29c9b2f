/** Somebody else holds the tenant's lease by now, or it was given back. Nothing was written. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError'
  readonly code = 'lease-lost'
  readonly tenant: string
  /** The number of the lease that is no longer good. */
  readonly fence: number

  constructor(tenant: string, fence: number) {
    super(
      `The lease ${fence} of tenant ${JSON.stringify(tenant)} is no longer good: nothing was written. Acquire a lease and begin anew.`,
    )
    this.tenant = tenant
    this.fence = fence
  }
}
