import { writeFile } from 'node:fs/promises'
import { escapeText, type Plan, renderPlan } from '@dynacamp/core'
import { createSync, MissingFieldError, memoryState, type ProgressEvent, sqliteState } from '@dynacamp/engine'
import { isHttpError } from '@dynacamp/http'
import { DataFileError } from '@dynacamp/simulators'
import { type DemoArguments, parseDemoArguments, UsageError, usage } from './demo/arguments.ts'
import { compareBothSides } from './demo/compare.ts'
import { definition, schema } from './demo/definition.ts'
import { editBothSides } from './demo/edit-both-sides.ts'
import { loadData } from './demo/load-data.ts'
import { createProgress } from './demo/progress.ts'
import { type Run, reportOf, reportText } from './demo/report.ts'
import { counted } from './demo/table.ts'
import { connectedWorld, simulatedWorld, type World } from './demo/world.ts'

/** Of a long plan, this many entries of each kind are shown; `--json` prints all of it. */
const maxEntries = 6

const stepTitles = {
  'read-dynamics': 'reading Dynamics 365',
  'read-active-campaign': 'reading ActiveCampaign',
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

const demo = async (args: DemoArguments): Promise<boolean> => {
  const say = (line: string): void => {
    if (!args.json) console.log(line)
  }
  const world = await openWorld(args, say)
  const state = args.state === undefined ? memoryState() : sqliteState(args.state)
  const { dynamics, activeCampaign, clock } = world
  const sync = createSync({ definition, schema, dynamics, activeCampaign, state, clock })
  const progress = createProgress(process.stderr, args.json)
  const onProgress = ({ step, done, total }: ProgressEvent): void => {
    progress.update(stepTitles[step], done, total)
  }

  const show = (plan: Plan): void => {
    progress.end()
    const { isTTY: colour, columns: width = 100 } = process.stdout
    say(renderPlan(plan, 'text', { colour, width, maxEntries }))
  }

  const run = async (title: string): Promise<Run> => {
    say(`\n── ${title}`)
    const before = world.calls()
    const plan = await sync.plan({ onProgress })
    show(plan)
    const report = await sync.apply(plan, { onProgress })
    progress.end()
    const after = world.calls()
    const calls = {
      dynamics: after.dynamics - before.dynamics,
      activeCampaign: after.activeCampaign - before.activeCampaign,
    }
    const done = report.outcomes.filter(({ status }) => status === 'done').length
    say(
      `${counted(done, 'action')} of ${report.outcomes.length} applied. With all reading, ` +
        `${counted(calls.dynamics, 'call')} to Dynamics 365 and ${counted(calls.activeCampaign, 'call')} to ActiveCampaign.`,
    )
    return { title, plan, report, calls }
  }

  const first = await run('First sync: plan, then apply')
  if (!args.json) {
    await writeFile('plan.html', renderPlan(first.plan, 'html'))
    say('The same plan as a page: plan.html')
  }
  const runs = [first]
  if (!args.once) {
    const between = await compareBothSides(world, first.plan)
    say('\n── Meanwhile, other people change records')
    for (const edit of await editBothSides(world, between)) say(`  ${edit}`)
    runs.push(await run('Second sync: the changes of both sides'))
  }
  say(`\n── ${args.once ? 'Second' : 'Third'} sync: is anything left to do?`)
  const lastPlan = await sync.plan({ onProgress })
  show(lastPlan)

  say('── Both sides compared, record by record')
  const report = reportOf(runs, lastPlan, await compareBothSides(world, lastPlan), world.calls())
  if (args.json) console.log(JSON.stringify({ runs, lastPlan, report }, null, 2))
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
