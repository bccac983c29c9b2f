import type { Action } from '../actions/action.ts'
import type { Conflict, Hold, Need, Skip, Subject } from '../model/outcome.ts'

/** The row's GUID, or the contact's id while there is no row. */
export const subjectKey = ({ entity, dynamicsId, activeCampaignId }: Omit<Subject, 'title'>): string =>
  `${entity}:${dynamicsId ?? `ac-${activeCampaignId}`}`

const needKey = (need: Need): string => {
  if (need.kind === 'key-holders') return `${need.kind}:${need.entity}:${need.key}`
  if (need.kind === 'reference') return `${need.kind}:${need.side}:${need.entity}:${need.id}`
  return `${need.kind}:${need.entity}:${need.id}`
}

/**
 * Where the rules of one batch write what they decided. Entries are kept by id, so that a pair that is found from both
 * of its ends is entered once.
 */
export interface Ledger {
  readonly actions: Map<string, Action>
  readonly skips: Map<string, Skip>
  readonly holds: Map<string, Hold>
  readonly conflicts: Map<string, Conflict>
  readonly needs: Map<string, Need>
  unchanged: number
}

export const openLedger = (): Ledger => ({
  actions: new Map(),
  skips: new Map(),
  holds: new Map(),
  conflicts: new Map(),
  needs: new Map(),
  unchanged: 0,
})

export const enterAction = (ledger: Ledger, action: Action): void => {
  ledger.actions.set(action.id, action)
}

export const enterNeed = (ledger: Ledger, need: Need): void => {
  ledger.needs.set(needKey(need), need)
}

export const enterConflict = (ledger: Ledger, conflict: Omit<Conflict, 'id'>): void => {
  const id = `conflict:${subjectKey(conflict)}:${conflict.field}`
  ledger.conflicts.set(id, { id, ...conflict })
}

export const enterSkip = (
  ledger: Ledger,
  subject: Subject,
  code: Skip['reason']['code'],
  message: string,
): void => {
  const id = `skip:${subjectKey(subject)}`
  ledger.skips.set(id, { id, ...subject, reason: { code, message } })
}

export const enterHold = (ledger: Ledger, hold: Omit<Hold, 'id'>): void => {
  const id = `hold:${subjectKey(hold)}:${hold.field ?? '*'}:${hold.reason.code}`
  ledger.holds.set(id, { id, ...hold })
}
