import type { Plan, RecordInput } from '@dynacamp/core'
import type { ActionOutcome } from '../apply/outcome.ts'
import { leftAlone } from '../apply/stale.ts'
import type { Batch } from '../plan/dirty-batches.ts'

/** What a pass over everything that is dirty found, of one entity. Reasons are the codes of skips and holds. */
interface EntityTally {
  /** Records that the rules leave alone, by reason. */
  readonly excluded: Readonly<Record<string, number>>
  /** Whole records that wait for a person, by reason. */
  readonly held: Readonly<Record<string, number>>
  /** Fields that wait for a person while the rest of their record goes on. */
  readonly heldFields: number
  /** Actions that were not carried out, as a service refuses all of their kind, by the code of the reason. */
  readonly refused?: Readonly<Record<string, number>>
  /** Linked records that are excluded, held, or have a change that was not carried over. */
  readonly openLinks: number
}

export type Tallies = Readonly<Record<string, EntityTally>>

/** Counts while a pass goes on. */
export interface TallyBook {
  add(entity: string, batch: Batch, plan: Plan, outcomes: readonly ActionOutcome[]): void
  read(): Tallies
}

const increase = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

interface Open {
  readonly excluded: Map<string, number>
  readonly held: Map<string, number>
  readonly refused: Map<string, number>
  heldFields: number
  openLinks: number
}

const linkedIds = (records: readonly RecordInput[]): ReadonlySet<string | null> =>
  new Set(records.flatMap(({ link }) => link?.dynamicsId ?? []))

/**
 * Counts by reason, without keeping records. A row and a contact without a link may both be dirty and lead to the same entry:
 * it counts where the row is met.
 */
export const openTally = (): TallyBook => {
  const book = new Map<string, Open>()
  return {
    add(entity, { side, records }, plan, outcomes) {
      const open = book.get(entity) ?? {
        excluded: new Map<string, number>(),
        held: new Map<string, number>(),
        refused: new Map<string, number>(),
        heldFields: 0,
        openLinks: 0,
      }
      book.set(entity, open)
      const linked = linkedIds(records)
      const isMetHere = ({ dynamicsId }: { readonly dynamicsId: string | null }): boolean =>
        side !== 'activeCampaign' || dynamicsId === null || linked.has(dynamicsId)
      const done = new Set(outcomes.filter(({ status }) => status === 'done').map(({ actionId }) => actionId))
      const skips = plan.skips.filter(isMetHere)
      const holds = plan.holds.filter(isMetHere)
      const wholeHolds = new Map(
        holds
          .filter(({ field }) => field === null)
          .map((hold) => [hold.dynamicsId ?? hold.activeCampaignId, hold]),
      )
      for (const { reason } of skips) increase(open.excluded, reason.code)
      for (const { reason } of wholeHolds.values()) increase(open.held, reason.code)
      for (const { code, remedy } of outcomes)
        if (code !== null && (remedy === 'block' || leftAlone.includes(code))) increase(open.refused, code)
      open.heldFields += holds.filter(({ field }) => field !== null).length
      const waiting = [...skips, ...wholeHolds.values(), ...plan.actions.filter(({ id }) => !done.has(id))]
      open.openLinks += new Set(
        waiting.map(({ dynamicsId }) => dynamicsId).filter((id) => linked.has(id)),
      ).size
    },
    read: () =>
      Object.fromEntries(
        [...book].map(([entity, { excluded, held, refused, heldFields, openLinks }]) => [
          entity,
          {
            excluded: Object.fromEntries(excluded),
            held: Object.fromEntries(held),
            refused: Object.fromEntries(refused),
            heldFields,
            openLinks,
          },
        ]),
      ),
  }
}
