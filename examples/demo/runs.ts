import type { Plan } from '@dynacamp/core'
import { type ApplyReport, createSync, type ReportProgress, type StateStore } from '@dynacamp/engine'
import { definition, schema } from './definition.ts'
import { counted } from './table.ts'
import type { Calls, Clients, World } from './world.ts'

/** One plan, what came of it, and what it cost. */
export interface Run {
  readonly title: string
  readonly plan: Plan
  /** Null when the process was killed before it could report. */
  readonly report: ApplyReport | null
  readonly calls: Calls
  /** Of the calls. */
  readonly writes: number
}

const few = 4
const all = 30

/** Where the runs take place, and who hears of them. */
export interface Stage {
  readonly world: World
  readonly state: StateStore
  readonly say: (line: string) => void
  /** Of a long plan, so many entries of each kind; `--json` prints all of it. */
  readonly show: (plan: Plan, maxEntries: number) => void
  readonly onProgress: ReportProgress
}

/** A process like any other: a sync of its own, over the state that all of them share. */
const newProcess = ({ state }: Stage, { dynamics, activeCampaign, clock }: Clients) =>
  createSync({ definition, schema, dynamics, activeCampaign, clock, state })

const since = ({ world }: Stage) => {
  const before = world.arrived()
  return () => {
    const { calls, writes } = world.arrived()
    return {
      calls: {
        dynamics: calls.dynamics - before.calls.dynamics,
        activeCampaign: calls.activeCampaign - before.calls.activeCampaign,
      },
      writes: writes - before.writes,
    }
  }
}

const costOf = ({ calls, writes }: Pick<Run, 'calls' | 'writes'>): string =>
  `${counted(writes, 'write')}; with all reading, ${counted(calls.dynamics, 'call')} to Dynamics 365 ` +
  `and ${counted(calls.activeCampaign, 'call')} to ActiveCampaign`

/** Plans, shows the plan and applies it. */
export const runOnce = async (stage: Stage, title: string): Promise<Run> => {
  const { say, show, onProgress } = stage
  const cost = since(stage)
  const sync = newProcess(stage, stage.world)
  const plan = await sync.plan({ onProgress })
  show(plan, few)
  const report = await sync.apply(plan, { onProgress })
  const run = { title, plan, report, ...cost() }
  const done = report.outcomes.filter(({ status }) => status === 'done').length
  say(`${done} of ${counted(report.outcomes.length, 'action')} applied: ${costOf(run)}.`)
  return run
}

/** The write in the middle of what the plan takes, or the first where one call writes for many. */
const middleOf = ({ actions, cost }: Plan): number => {
  const writes = actions.filter(({ kind }) => kind !== 'link-records' && kind !== 'move-link').length
  return cost.bulk.calls + cost.batches.calls > 0 ? Math.min(1, writes) : Math.ceil(writes / 2)
}

/** The same, and the process is killed in the middle; then another process goes on. */
export const runKilled = async (stage: Stage, title: string): Promise<readonly Run[]> => {
  const { world, say, show, onProgress } = stage
  if (world.mortal === undefined) {
    say('(These services live in a process of their own: kill this one yourself, whenever you like.)')
    return [await runOnce(stage, title)]
  }
  const cost = since(stage)
  const plan = await newProcess(stage, world).plan({ onProgress })
  const middle = middleOf(plan)
  if (middle === 0) {
    say('(Left out: nothing changed that is in sync, so there is nothing to be killed in.)')
    return [await runOnce(stage, title)]
  }
  show(plan, all)
  const process = world.mortal(middle)
  // Nobody waits for what the killed process does: it stands still where it was.
  const died = process.died.then((lost) => ({ lost }))
  const ended = await Promise.race([newProcess(stage, process).apply(plan, { onProgress }), died])
  if (!('lost' in ended)) return [{ title, plan, report: ended, ...cost() }]
  const killed = { title, plan, report: null, ...cost() }
  say(
    `Killed after ${counted(killed.writes, 'write')}: the answer to ${ended.lost} is lost, and with it all that was in memory.\n`,
  )
  say('A new process starts over the same state, once the lease of the killed one has run out. What is left:')
  return [killed, await runOnce(stage, `${title}, resumed`)]
}
