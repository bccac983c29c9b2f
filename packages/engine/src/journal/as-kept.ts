import type { Action } from '@dynacamp/core'
import type { CompiledField, Fields } from '@dynacamp/mapping-dsl'
import { chunks } from '../chunks.ts'
import { readState } from '../context.ts'
import type { SyncParts } from '../parts.ts'
import { endOf } from '../state/ends.ts'
import type { Side } from '../state/kinds.ts'

const perLook = 100

const writesTo = ({ kind }: Action): Side =>
  kind === 'update-dynamics-record' ? 'dynamics' : 'activeCampaign'

const idOn = (side: Side, { dynamicsId, activeCampaignId }: Action): string =>
  (side === 'dynamics' ? dynamicsId : activeCampaignId) ?? ''

const withKept = (fields: readonly CompiledField[], side: Side, action: Action, now: Fields): Action => ({
  ...action,
  changes: action.changes.map((change) => {
    const field = fields.find((one) => one[side] === change.field)
    const kept = now[change.field]
    if (field === undefined || kept === undefined) return change
    const isSame =
      side === 'dynamics'
        ? field.sameInDynamics(kept, change.after)
        : field.sameInActiveCampaign(kept, change.after)
    return isSame ? { ...change, after: kept } : change
  }),
})

/**
 * Actions with what they wrote as the service keeps it: ActiveCampaign moves a date-time into its own zone, so that what was sent
 * is never what is there. A value that is another one by now stays as it was sent.
 */
export const asKept = async (
  parts: Pick<SyncParts, 'definition' | 'store' | 'tenant'>,
  actions: readonly Action[],
): Promise<readonly Action[]> => {
  const kept: Action[] = []
  for (const [entity, ofEntity] of Map.groupBy(actions, (action) => action.entity)) {
    const fields = parts.definition.entities.find((one) => one.entity === entity)?.fields ?? []
    for (const [side, group] of Map.groupBy(ofEntity, writesTo)) {
      for (const some of chunks(group, perLook)) {
        const ids = some.map((action) => idOn(side, action))
        const records = await readState(parts, (state) => state.records.find(endOf(entity, side), ids))
        const byId = new Map(records.map((record) => [record.id, record.fields]))
        kept.push(...some.map((action) => withKept(fields, side, action, byId.get(idOn(side, action)) ?? {})))
      }
    }
  }
  return kept
}
