import { inState, readState } from './context.ts'
import { OtherServicesError, type ServiceUrls } from './errors/other-services-error.ts'
import { withLease } from './lease/with-lease.ts'
import { beginFullReading, endFullReading } from './observe/full-reading.ts'
import type { SyncParts } from './parts.ts'
import { mustHaveLease } from './run/must-have-lease.ts'
import { fromText } from './state/json.ts'
import type { StateTransaction } from './state/state-store.ts'

const name = 'services'

const urlsOf = ({ dynamics, activeCampaign }: SyncParts): ServiceUrls => ({
  dynamics: dynamics.environmentUrl,
  activeCampaign: activeCampaign.url,
})

/** Whether the state was ever told whom it belongs to. Throws where that is somebody else. */
const belongsTo = async ({ cursors }: StateTransaction, given: ServiceUrls): Promise<boolean> => {
  const text = await cursors.get(name)
  if (text === null || text === '') return false
  const known = fromText<ServiceUrls>(text)
  if (known.dynamics !== given.dynamics || known.activeCampaign !== given.activeCampaign)
    throw new OtherServicesError(known, given)
  return true
}

const remember = ({ cursors }: StateTransaction, given: ServiceUrls): Promise<void> =>
  cursors.set(name, JSON.stringify(given))

/**
 * Refuses a state that belongs to other services. One that is new, or of a version that did not ask yet, belongs to the first that it
 * is used with. An environment also has an id, which no new URL changes; but asking for it would cost every run a call.
 *
 * @throws OtherServicesError
 */
export const checkServices = async (parts: SyncParts): Promise<void> => {
  const { store, tenant } = parts
  const given = urlsOf(parts)
  if (await readState({ store, tenant }, (state) => belongsTo(state, given))) return
  await inState({ store, tenant }, async (state) => {
    // Another process may have been first.
    if (!(await belongsTo(state, given))) await remember(state, given)
  })
}

/**
 * The services of this sync are those of its state, whatever their URLs were. Links to where a reading goes on hold the URL of before, so
 * the next one begins anew.
 */
export const acceptServices = async (parts: SyncParts): Promise<void> => {
  const { definition, store, tenant } = parts
  const accepted = await withLease(parts, { waitMs: Number.POSITIVE_INFINITY }, ({ fence }) =>
    inState({ store, tenant, fence }, async (state) => {
      await remember(state, urlsOf(parts))
      await endFullReading(state)
      await beginFullReading(state, definition)
    }),
  )
  mustHaveLease(accepted)
}
