import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { ImportedAction } from '../../state/import-state.ts'
import type { StoredLink, StoredRecord } from '../../state/state-store.ts'
import type { ActionOutcome } from '../outcome.ts'

/** How an imported action ended, and the link that comes of it. */
export type Learnt = Pick<ActionOutcome, 'status' | 'code' | 'message' | 'remedy'> & {
  readonly link?: StoredLink
}

const notSeen: Learnt = {
  status: 'unknown',
  code: 'import-not-seen',
  message: 'The import has ended, and the contact is not as it was sent; the next plan sees how it is.',
  remedy: 'retry',
}
const notImported: Learnt = {
  status: 'failed',
  code: 'import-failed',
  message:
    'ActiveCampaign did not import the contact and tells no reason: its address is excluded or has bounced, or the plan’s ' +
    'limit of contacts is reached.',
  remedy: 'hold',
}

const isBlank = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value === ''

/** Whether two values are the same to ActiveCampaign. */
export const same = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  (isBlank(a) && isBlank(b)) || JSON.stringify(a) === JSON.stringify(b)

/** What is known of an imported action when its import has ended. */
interface Ended {
  readonly action: ImportedAction
  readonly contact: StoredRecord | undefined
  /** The link that the action had. */
  readonly before: StoredLink | undefined
  /** Whether the service says that it imported the contact; else nobody knows whether the import was taken. */
  readonly isCertain: boolean
  readonly failed: boolean
}

/**
 * The pair is linked with what was sent as its base, so that a value which somebody changed in the meantime shows as a change and
 * is merged. Nothing is taken for granted that does not show: a contact that still has an old value keeps its base, and, where
 * nobody knows whether the import was taken, so does one that differs in anything.
 */
export const learnt = ({ action, contact, before, isCertain, failed }: Ended): Learnt => {
  if (failed) return notImported
  if (contact === undefined) return notSeen
  const { linkId, entity, dynamicsId, settles } = action
  const sent = Object.entries(settles.activeCampaign)
  const cameTrue = sent.every(([name, value]) => {
    const now = contact.fields[name]
    if (same(now, value)) return true
    return isCertain && (before === undefined || !same(now, before.base.activeCampaign[name]))
  })
  if (!cameTrue) return notSeen
  // A value that the service did not keep was never there: it must not look like one that somebody cleared.
  const kept = sent.map(([name, value]) => [name, isBlank(contact.fields[name]) ? '' : value])
  const link = {
    ...{ entity, id: linkId, dynamicsId, activeCampaignId: contact.id },
    base: {
      dynamics: { ...before?.base.dynamics, ...settles.dynamics },
      activeCampaign: { ...before?.base.activeCampaign, ...Object.fromEntries(kept) },
    },
  }
  return { status: 'done', code: null, message: null, remedy: null, link }
}
