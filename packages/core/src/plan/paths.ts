import type { Action } from '../actions/action.ts'
import type { ImportSettings } from '../model/plan-input.ts'
import { accountsToMakeFirst } from './account-in-import.ts'
import { waves } from './waves.ts'

/**
 * Where many at once pay.
 *
 * ActiveCampaign's bulk import takes up to 250 contacts a request and is recommended from 10 contacts on
 * (https://developers.activecampaign.com/reference/bulk-import-contacts). A `$batch` of D365 takes up to 1,000 rows, each with
 * its own condition and its own answer; it saves requests and round trips, not work, so batches stay small
 * (https://learn.microsoft.com/power-apps/developer/data-platform/send-parallel-requests).
 */
const manyAtOnce = {
  imports: { from: 10, size: 250 },
  batches: { from: 10, size: 50 },
} as const

/** What may be done at the same time, each action on the path it takes. */
export interface ApplyStep {
  /** ActiveCampaign's bulk import: an import each. */
  readonly imports: readonly (readonly Action[])[]
  /** A `$batch` of D365 each. */
  readonly batches: readonly (readonly Action[])[]
  readonly single: readonly Action[]
}

/**
 * Whether bulk import can carry it: it finds contacts by e-mail, so it cannot change one, and it is not known to clear
 * fields.
 */
const fitsImport = (action: Action): boolean => {
  if (action.kind === 'create-active-campaign-contact') return true
  if (action.kind !== 'update-active-campaign-contact') return false
  return action.changes.every(({ field, after }) => field !== 'email' && after !== null && after !== '')
}

/** Before a deletion somebody has to look whether other rows would go with it, one by one. */
const fitsBatch = ({ kind }: Action): boolean =>
  kind === 'create-dynamics-record' ||
  kind === 'update-dynamics-record' ||
  kind === 'deactivate-dynamics-record'

const chunked = (actions: readonly Action[], size: number): readonly (readonly Action[])[] =>
  Array.from({ length: Math.ceil(actions.length / size) }, (_, n) => actions.slice(n * size, (n + 1) * size))

/**
 * The steps in which a plan is applied, and by which path each action goes: together where there are enough of them. The plan's
 * cost is counted from these, and the engine follows them.
 *
 * @param settings - How bulk import is used.
 *
 * @example
 * const importsOf = (plan: Plan) => applySteps(plan.actions).flatMap(({ imports }) => imports)
 */
export const applySteps = (
  actions: readonly Action[],
  { heldBack = [], heldBackActions, accounts = false }: ImportSettings = {},
): readonly ApplyStep[] => {
  const isOfInitial = ({ id, entity }: Action): boolean =>
    heldBack.includes(entity) || heldBackActions?.has(id) === true
  const isHeldBack = (action: Action): boolean => isOfInitial(action) && fitsImport(action)
  const isFree = (action: Action): boolean => !isOfInitial(action) && fitsImport(action)
  const freeOnesPay = actions.filter(isFree).length >= manyAtOnce.imports.from
  const isFreeImport = (action: Action): boolean => freeOnesPay && isFree(action)
  const batched = actions.filter(fitsBatch).length >= manyAtOnce.batches.from ? fitsBatch : () => false
  const isImported = (action: Action): boolean => isHeldBack(action) || isFreeImport(action)
  const goesAfter = accounts && actions.some(isImported) ? accountsToMakeFirst(actions) : undefined
  return waves(actions, goesAfter).map((wave) => ({
    imports: [isHeldBack, isFreeImport].flatMap((kind) =>
      chunked(wave.filter(kind), manyAtOnce.imports.size),
    ),
    batches: chunked(wave.filter(batched), manyAtOnce.batches.size),
    single: wave.filter((action) => !isImported(action) && !batched(action)),
  }))
}
