import { writeFile } from 'node:fs/promises'
import { escapeText, renderPlan } from '@dynacamp/core'
import {
  MissingFieldError,
  memoryState,
  type ProgressEvent,
  type StateStore,
  sqliteState,
} from '@dynacamp/engine'
import { isHttpError } from '@dynacamp/http'
import { DataFileError } from '@dynacamp/simulators'
import { type DemoArguments, parseDemoArguments, UsageError, usage } from './demo/arguments.ts'
import { compareBothSides } from './demo/compare.ts'
import { editBothSides } from './demo/edit-both-sides.ts'
import { loadData } from './demo/load-data.ts'
import { createProgress } from './demo/progress.ts'
import { reportOf, reportText } from './demo/report.ts'
import { runKilled, runOnce, type Stage } from './demo/runs.ts'
import { createShow } from './demo/show.ts'
import { connectedWorld, simulatedWorld, type World } from './demo/world.ts'

const stepTitles = {
  'read-dynamics': 'reading Dynamics 365',
  'read-active-campaign': 'reading ActiveCampaign',
  import: 'waiting for bulk imports',
  plan: 'planning',
  apply: 'applying',
} as const satisfies Record<ProgressEvent['step'], string>

const openWorld = async (args: DemoArguments, say: (line: string) => void): Promise<World> => {
  if (args.connect !== undefined) return connectedWorld(args.connect)
  const { data, notes } = await loadData(args)
  for (const note of notes) say(note)
  const world = simulatedWorld(data)
  for (const name of world.made) say(`made for these rows: ${escapeText(name)}`)
  return world
}

const openState = (file: string | undefined): StateStore => {
  if (file === undefined) return memoryState()
  try {
    return sqliteState(file)
  } catch (error) {
    throw new UsageError(`--state ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const demo = async (args: DemoArguments): Promise<boolean> => {
  const say = (line: string): void => {
    if (!args.json) console.log(line)
  }
  const world = await openWorld(args, say)
  const state = openState(args.state)
  const progress = createProgress(process.stderr, args.json)
  const show = createShow(say)
  const stage: Stage = {
    world,
    state,
    say: (line) => {
      progress.end()
      say(line)
    },
    show: (plan, maxEntries) => {
      progress.end()
      show(plan, maxEntries)
    },
    onProgress: ({ step, done, total }) => progress.update(stepTitles[step], done, total),
  }

  say('\n── First sync: plan, then apply')
  const first = await runOnce(stage, 'First sync')
  if (!args.json) {
    await writeFile('plan.html', renderPlan(first.plan, 'html'))
    say('All of this plan as a page: plan.html')
  }
  const runs = [first]
  if (!args.once) {
    const between = await compareBothSides(world, first.plan)
    say('\n── Meanwhile, people change records on both sides')
    for (const edit of await editBothSides(world, between)) say(`  ${escapeText(edit)}`)
    say('\n── Second sync: the changes of both sides, and a kill in the middle')
    runs.push(...(await runKilled(stage, 'Second sync')))
  }
  say('\n── Last sync: is anything left to do?')
  const last = await runOnce(stage, 'Last sync')

  say('\n── Both sides compared, record by record, without the state')
  const report = reportOf(runs, last, await compareBothSides(world, last.plan), world.arrived().calls)
  if (args.json) console.log(JSON.stringify({ runs, last, lastPlan: last.plan, report }, null, 2))
  else console.log(reportText(report))
  await state.close()
  return report.ok
}

// `| head` closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

const main = async (): Promise<number> => {
  const args = parseDemoArguments(process.argv.slice(2))
  if (args.help) {
    console.log(usage)
    return 0
  }
  return (await demo(args)) ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof DataFileError || error instanceof UsageError) {
    console.error(error.message)
    return 2
  }
  if (isHttpError(error) || error instanceof MissingFieldError) {
    console.error(error.message)
    return 1
  }
  throw error
})
