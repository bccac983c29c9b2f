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

/**
 * Plans one batch, looking up what the planner asks for until it asks for nothing new. `planned` is what earlier batches of the
 * same plan make or link, where they have not been applied yet.
 */
export const planRound = async (
  context: SyncContext,
  entity: CompiledEntity,
  batch: Batch,
  settings: PlanSettings,
  planned: References = {},
): Promise<Plan> => {
  const { definition } = context
  const known = new Set(batch.keys)
  let lists: ListsByContact = new Map()
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
    const asked = await readLists(context, plan, lists)
    const unknown = unknownReferences(plan.needs, references)
    const isChainOver = round >= maxRounds || (missing.length === 0 && unknown.length === 0)
    // Lists that were read just now count, however long the chain was: nobody is opted out for what was remembered of them.
    if (isChainOver && asked === lists) return plan
    lists = asked
    if (isChainOver) continue
    for (const key of missing) known.add(key)
    references = {
      ...references,
      ...(await readState(context, (state) => lookUpReferences(state, definition, unknown, planned))),
    }
  }
}
