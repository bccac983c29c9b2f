import { parseArgs } from 'node:util'

/** What the demo was asked to do. */
export interface DemoArguments {
  readonly dynamics: string | undefined
  readonly activeCampaign: string | undefined
  readonly people: string | undefined
  readonly connect: string | undefined
  readonly state: string | undefined
  readonly once: boolean
  readonly json: boolean
  readonly help: boolean
}

/** A command line that asks for something the demo does not have. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const usage = `Usage: pnpm demo [options]

Syncs companies and people both ways between a simulated Dynamics 365 and a simulated ActiveCampaign.

  --dynamics FILE        rows for Dynamics 365: {"contacts": [...], "leads": [...], "accounts": [...], "opportunities": [...]}
  --activecampaign FILE  rows for ActiveCampaign: {"contacts": [...], "accounts": [...]}
  --people FILE.csv      people as Dynamics 365 contacts; columns are recognised by their usual names
  --json                 print the plans and the report as JSON, nothing else
  --connect FILE         use listening simulators; FILE holds the line that \`pnpm simulators\` prints
  --state FILE           keep the sync's state in this SQLite file, so that the next start goes on (default: in memory)
  --once                 sync once and compare; nobody changes anything meanwhile
  --help                 print this
`

/** Reads the command line. Throws {@link UsageError}. */
export const parseDemoArguments = (args: readonly string[]): DemoArguments => {
  const values = parse(args)
  const given = {
    dynamics: values.dynamics,
    activeCampaign: values.activecampaign,
    people: values.people,
    connect: values.connect,
    state: values.state,
    once: values.once ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
  }
  if (given.dynamics !== undefined && given.people !== undefined) {
    throw new UsageError('--dynamics and --people both fill Dynamics 365; give one of them')
  }
  const files = given.dynamics ?? given.activeCampaign ?? given.people
  if (given.connect !== undefined && files !== undefined) {
    throw new UsageError(
      '--connect uses simulators that are loaded already; give the files to `pnpm simulators`',
    )
  }
  if (given.state !== undefined && given.connect === undefined) {
    throw new UsageError('--state needs --connect: the simulators of this process start anew each time')
  }
  return given
}

const parse = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      // `pnpm demo -- --json` hands the separator on.
      args: args.filter((argument) => argument !== '--'),
      options: {
        dynamics: { type: 'string' },
        activecampaign: { type: 'string' },
        people: { type: 'string' },
        connect: { type: 'string' },
        state: { type: 'string' },
        once: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
    return values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}; see --help`)
  }
}
