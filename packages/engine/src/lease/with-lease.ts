import { LeaseLostError } from '../errors/lease-lost-error.ts'
import type { SyncParts } from '../parts.ts'
import type { Lease } from '../state/lease-state.ts'

/** What work under a lease is given. */
export interface HeldLease {
  /** Goes into every transaction. */
  readonly fence: number
  /** Aborts with the caller's reason, or with {@link LeaseLostError} once somebody else has the lease. */
  readonly signal: AbortSignal
}

/** How often a lease that somebody else has is asked for again. */
const askAgainMs = 1_000

/** ActiveCampaign counts the calls of each second: the reference of its API, "Rate limits". */
const paceMs = 1_000

type LeaseParts = Pick<SyncParts, 'store' | 'tenant' | 'clock' | 'leaseMs' | 'newId' | 'own'>

/** The lease, or null when somebody else still has it after `waitMs`. */
const acquire = async (
  { store, tenant, clock, leaseMs, newId }: LeaseParts,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<Lease | null> => {
  const holder = newId()
  const untilMs = clock.now() + waitMs
  for (;;) {
    signal?.throwIfAborted()
    const nowMs = clock.now()
    const lease = await store.leases.acquire(tenant, { holder, ttlMs: leaseMs, nowMs })
    if (lease !== null || nowMs >= untilMs) return lease
    await clock.sleep(Math.min(askAgainMs, untilMs - nowMs), signal)
  }
}

/** What another process sent in the second before it gave the lease back counts with what this one sends: that second is waited out. */
const keepPace = async ({ clock, own }: LeaseParts, lease: Lease, signal: AbortSignal): Promise<void> => {
  const { fence, freedAtMs } = lease
  const followsItself = fence - 1 === own.fence
  own.fence = fence
  if (followsItself || freedAtMs === null) return
  // Clocks differ: of a moment that is still to come nothing more is known than that it was not long ago.
  const leftMs = Math.min(paceMs, freedAtMs + paceMs - clock.now())
  if (leftMs > 0) await clock.sleep(leftMs, signal)
}

/** Renews the lease until it is told to stop, or tells that the lease is lost. */
const keep = async (
  { store, clock, leaseMs }: LeaseParts,
  lease: Lease,
  stop: AbortSignal,
  lost: AbortController,
): Promise<void> => {
  for (;;) {
    await clock.sleep(leaseMs / 3, stop)
    const options = { ttlMs: leaseMs, nowMs: clock.now() }
    // A store that fails for a moment is asked again; meanwhile the fence keeps two from writing.
    const renewed = await store.leases.renew(lease, options).catch(() => lease)
    if (renewed !== null) continue
    lost.abort(new LeaseLostError(lease.tenant, lease.fence))
    return
  }
}

/**
 * Does work under the tenant's lease, which is renewed meanwhile and given back at the end. `busy` when somebody else has it and
 * keeps it: a holder whose process ended loses it after `leaseMs`.
 */
export const withLease = async <Result>(
  parts: LeaseParts,
  { waitMs, signal }: { readonly waitMs: number; readonly signal?: AbortSignal | undefined },
  work: (held: HeldLease) => Promise<Result>,
): Promise<Result | 'busy'> => {
  const lease = await acquire(parts, waitMs, signal)
  if (lease === null) return 'busy'
  const lost = new AbortController()
  const done = new AbortController()
  const kept = keep(parts, lease, done.signal, lost).catch(() => undefined)
  try {
    const either = AbortSignal.any(signal === undefined ? [lost.signal] : [lost.signal, signal])
    await keepPace(parts, lease, either)
    return await work({ fence: lease.fence, signal: either })
  } finally {
    done.abort()
    await kept
    // A store that fails here costs the next one the wait until the lease expires.
    await parts.store.leases.release(lease, { nowMs: parts.clock.now() }).catch(() => undefined)
  }
}
