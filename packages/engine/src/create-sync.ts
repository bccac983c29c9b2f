import { systemClock } from '@dynacamp/http'
import { compileDefinition } from '@dynacamp/mapping-dsl'
import { inState } from './context.ts'
import { healthOf } from './health/health.ts'
import { why } from './health/why.ts'
import { journalOf } from './journal/journal.ts'
import { prune } from './journal/prune.ts'
import { undo } from './journal/undo.ts'
import { checkOption } from './options.ts'
import { acceptServices, checkServices } from './own-services.ts'
import type { SyncParts } from './parts.ts'
import { plainId, plainName } from './record-name.ts'
import { applyStep } from './run/apply-step.ts'
import { planStep } from './run/plan-step.ts'
import { startRun } from './run/run.ts'
import { runRecord } from './run/run-record.ts'
import { setSwitch } from './run/switches.ts'
import { runDue } from './schedule/run-due.ts'
import { setAsidesOf } from './set-aside/set-asides.ts'
import type { Sync, SyncOptions } from './sync.ts'

const partsOf = (options: SyncOptions): SyncParts => {
  const isMeant = (ms: number): boolean => Number.isFinite(ms) && ms > 0
  checkOption('leaseMs', options.leaseMs, 'a number of milliseconds above 0', isMeant)
  const definition = compileDefinition(options.definition, options.schema, options.registry)
  return {
    definition,
    dynamics: options.dynamics,
    activeCampaign: options.activeCampaign,
    store: options.state,
    tenant: options.tenant ?? 'default',
    clock: options.clock ?? systemClock,
    newId: options.newId ?? (() => crypto.randomUUID()),
    leaseMs: options.leaseMs ?? 30_000,
    own: { fence: 0 },
    settings: { firstLink: options.firstLink ?? 'hold' },
  }
}

/**
 * Puts a definition, two clients and a state together.
 *
 * @throws InvalidDefinitionError when the definition does not fit the schema.
 * @throws InvalidOptionError when `leaseMs` makes no sense.
 *
 * @example
 * import { renderPlan } from '@dynacamp/core'
 * import { createSync, type SyncOptions } from '@dynacamp/engine'
 *
 * export const syncOnce = async (options: SyncOptions) => {
 *   const sync = createSync(options)
 *   const plan = await sync.plan()
 *   console.log(renderPlan(plan, 'text'))
 *   return sync.apply(plan)
 * }
 */
export const createSync = (options: SyncOptions): Sync => {
  const parts = partsOf(options)
  const journal = journalOf(parts)
  /** What reads or writes a service, or is about to. */
  const ofServices = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await checkServices(parts)
    return work()
  }
  return {
    plan: (step = {}) =>
      ofServices(() =>
        planStep(parts, {
          ...step,
          resolutions: step.resolutions?.map((each) => ({ ...each, dynamicsId: plainId(each.dynamicsId) })),
        }),
      ),
    apply: (plan, step = {}) => ofServices(() => applyStep(parts, plan, step)),
    // A process that was killed may have left its lease: it is waited for until it has run out.
    run: (run = {}) => ofServices(() => startRun(parts, { ...run, trigger: 'run', waitMs: parts.leaseMs })),
    runDue: (run = {}) => ofServices(() => runDue(parts, run)),
    runRecord: (record, step = {}) => ofServices(() => runRecord(parts, plainName(record), step)),
    switchOn: () => inState(parts, (state) => setSwitch(state, 'on')),
    switchOff: () => inState(parts, (state) => setSwitch(state, 'off')),
    acceptServices: () => acceptServices(parts),
    health: () => healthOf(parts),
    why: (record, step = {}) => ofServices(() => why(parts, plainName(record), step)),
    setAsides: setAsidesOf(parts),
    journal,
    prune: (options) => prune(parts, options),
    undo: (of) => ofServices(() => undo(parts, journal, of)),
  }
}
