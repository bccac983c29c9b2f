import {
  type Need,
  type Plan,
  type PlanInput,
  type PlanSettings,
  planBatch,
  type References,
} from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { readState, type SyncContext } from '../context.ts'
import { knownObject } from '../custom-object/known-object.ts'
import { contactsActedOn, isDivisible, partBefore } from './batch-part.ts'
import { findCandidates } from './candidates.ts'
import type { Batch } from './dirty-batches.ts'
import { candidatesWithLists, type ListsByContact, readLists, withLists } from './look-up.ts'
import { lookUpReferences, unknownReferences } from './references.ts'

/** A record may lead to another one, whose key leads to a third; longer chains wait for the next run. */
const maxRounds = 4

const keysNeeded = (needs: readonly Need[]): readonly string[] =>
  needs.flatMap((need) => (need.kind === 'key-holders' ? [need.key] : []))

/** What the planner is told about an entity, whatever the batch. */
const aboutEntity = async (
  context: SyncContext,
  entity: CompiledEntity,
  settings: PlanSettings,
): Promise<Omit<PlanInput, 'records' | 'candidates'>> => {
  const { definition } = context
  const about = { definition, entity: entity.entity, settings }
  if (entity.object === undefined) return about
  const known = await readState(context, (state) => knownObject(state, entity))
  return { ...about, ...(known && { customObject: known.observed }) }
}

/** A plan, and the records that it is about: all of the batch, or as many as the deadline let it look up. */
export interface PlannedPart {
  readonly plan: Plan
  readonly part: Batch
}

/**
 * Plans one batch, looking up what the planner asks for until it asks for nothing new. Where the deadline comes while contacts are looked
 * up that are acted on, it plans the first part of the batch: the records before the first of whom that is still to be done.
 *
 * @param planned - What earlier batches of the same plan make or link, where they have not been applied yet.
 * @param looked - Lists that were looked up for this batch already.
 */
export const planPart = async (
  context: SyncContext,
  entity: CompiledEntity,
  batch: Batch,
  settings: PlanSettings,
  planned: References = {},
  looked: ListsByContact = new Map(),
): Promise<PlannedPart> => {
  const { definition } = context
  const known = new Set(batch.keys)
  let lists = looked
  let references: References = {}
  const about = await aboutEntity(context, entity, settings)
  for (let round = 1; ; round += 1) {
    const candidates = await readState(context, (state) =>
      findCandidates(state, definition, entity.entity, [...known]),
    )
    const records = batch.records.map((record) => withLists(record, lists))
    const plan = planBatch({
      ...about,
      records,
      candidates: candidatesWithLists(candidates, lists),
      references,
    })
    const missing = keysNeeded(plan.needs).filter((key) => !known.has(key))
    const actedOn = contactsActedOn(plan, batch)
    const read = await readLists(context, plan, actedOn, lists, isDivisible(batch))
    if (read.left !== undefined) {
      const part = partBefore(batch, read.left.place)
      return planPart(context, entity, part, settings, planned, read.lists)
    }
    const unknown = unknownReferences(plan.needs, references)
    const isChainOver = round >= maxRounds || (missing.length === 0 && unknown.length === 0)
    // Lists that were read just now count, however long the chain was: nobody is opted out for what was remembered of them.
    if (isChainOver && read.lists === lists) return { plan, part: batch }
    lists = read.lists
    if (isChainOver) continue
    for (const key of missing) known.add(key)
    references = {
      ...references,
      ...(await readState(context, (state) => lookUpReferences(state, definition, unknown, planned))),
    }
  }
}

/** Plans all of a batch, however long the look-ups take. */
export const planRound = async (
  context: SyncContext,
  entity: CompiledEntity,
  batch: Batch,
  settings: PlanSettings,
  planned: References = {},
): Promise<Plan> => {
  const { plan } = await planPart({ ...context, isOver: () => false }, entity, batch, settings, planned)
  return plan
}
