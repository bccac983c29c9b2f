import { explain, type Plan, type RecordRef } from '@dynacamp/core'
import type { EntityName } from '@dynacamp/mapping-dsl'
import { readState, type SyncContext } from '../context.ts'
import { openContext, type SyncParts } from '../parts.ts'
import type { Batch } from '../plan/dirty-batches.ts'
import { planRound } from '../plan/plan-round.ts'
import { planSettings } from '../plan/plan-settings.ts'
import { entitiesOf, recordBatches } from '../plan/record-batches.ts'
import { isOff } from '../run/switches.ts'
import { setAsideOfInputs } from '../set-aside/leave-out.ts'
import type { RecordName } from '../state/kinds.ts'
import type { SetAside } from '../state/set-aside-state.ts'
import type { StepOptions } from '../step-options.ts'

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

const setAsideSentence = ({ since, attempts, code, message, nextTryAtMs }: SetAside): string => {
  const next = nextTryAtMs === null ? 'when somebody says so' : `from ${new Date(nextTryAtMs).toISOString()}`
  return `Set aside: it failed ${times(attempts)} since ${since} (${code}: ${message}). It is tried again ${next}.`
}

const refOf = (entity: EntityName, { side, id }: RecordName): RecordRef =>
  side === 'dynamics' ? { entity, dynamicsId: id } : { entity, activeCampaignId: id }

const isEmpty = ({ actions, holds, skips, conflicts, needs }: Plan): boolean =>
  actions.length + holds.length + skips.length + conflicts.length + needs.length === 0

/** What is to be said of a record as one entity. */
const ofEntity = (
  { definition }: SyncContext,
  entity: EntityName,
  name: RecordName,
  { records }: Batch,
  plan: Plan,
): readonly string[] => {
  const [record] = records
  if (record === undefined) return []
  const { link } = record
  if (link === undefined && isEmpty(plan)) return []
  const linked =
    link === undefined
      ? []
      : [`Linked: row ${link.dynamicsId} of ${entity}, record ${link.activeCampaignId} of ActiveCampaign.`]
  return [...linked, ...explain(plan, refOf(entity, name), { definition, record })]
}

const sentences = async (
  context: SyncContext,
  parts: SyncParts,
  name: RecordName,
): Promise<readonly string[]> => {
  const batches = await readState(context, (state) => recordBatches(state, context.definition, name))
  if (batches.length === 0) {
    return ['No reading has shown it: it does not exist, it was deleted, or no run has read it yet.']
  }
  const settings = await planSettings(context, parts.settings)
  const found: string[] = []
  for (const { entity, batch } of batches) {
    const setAside = await readState(context, (state) =>
      setAsideOfInputs(state, entity.entity, batch.records),
    )
    const plan = await planRound(context, entity, batch, settings)
    found.push(...setAside.map(setAsideSentence), ...ofEntity(context, entity.entity, name, batch, plan))
  }
  return found.length === 0 ? ['Nothing to do.'] : found
}

/**
 * Why a record of either side is, or is not, in sync: a sentence per rule that applies. Planned from what was last read of it;
 * of the services only lists of contacts are asked for.
 */
export const why = async (
  parts: SyncParts,
  name: RecordName,
  step: StepOptions,
): Promise<readonly string[]> => {
  const context = await openContext(parts, { signal: step.signal }, { ...step, partial: true })
  const off = await readState(context, isOff)
  const before = off ? ['The sync is switched off: nothing is carried over.'] : []
  if (entitiesOf(context.definition, name).length === 0) {
    return [...before, `The definition does not sync ${name.entity}.`]
  }
  return [...before, ...(await sentences(context, parts, name))]
}
