/** The right to write a tenant's state and services, for a time. */
export interface Lease {
  readonly tenant: string
  /** Who holds it: a name that no other holder has, made anew for each run. */
  readonly holder: string
  /** Grows with every lease of the tenant. What is written with a smaller number is refused. */
  readonly fence: number
  /** Epoch milliseconds by the clock of the holder. */
  readonly expiresAtMs: number
  /** When the holder before gave it back, by that one's clock; null when nobody did: it is the first, or one that had expired. */
  readonly freedAtMs: number | null
}

/**
 * One lease per tenant. A lease that has expired stays good until another holder takes it: the fence, not the clock, keeps
 * two from writing. The clocks of holders should agree better than a lease lasts, or leases are taken too early or too late.
 * One that would last longer than ten minutes, and than twice the taker's, is one of a wrong clock and keeps nobody out.
 */
export interface LeaseState {
  /** The lease, or null while another holder has it, it has not expired, and it is not of a wrong clock. */
  acquire(
    tenant: string,
    options: { readonly holder: string; readonly ttlMs: number; readonly nowMs: number },
  ): Promise<Lease | null>
  /** The same lease for longer, or null when somebody else has taken it or it was released. */
  renew(lease: Lease, options: { readonly ttlMs: number; readonly nowMs: number }): Promise<Lease | null>
  /** Gives it back. Nothing happens when somebody else has taken it. */
  release(lease: Lease, options: { readonly nowMs: number }): Promise<void>
}
