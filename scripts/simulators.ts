import { parseArgs } from 'node:util'
import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createRunningClock,
  DataFileError,
  loadInto,
  readActiveCampaignFile,
  readDynamicsFile,
  sampleData,
} from '@dynacamp/simulators'

const help = `pnpm simulators [options]

Serves a simulated Dynamics 365 environment and a simulated ActiveCampaign account on 127.0.0.1 until it is
stopped (Ctrl-C), and prints one line of JSON: how to reach them and with which credentials.

--dynamics FILE            rows for Dynamics, {"contacts": [...], "leads": [...], "accounts": [...], "opportunities": [...]}
--activecampaign FILE      rows for ActiveCampaign, {"contacts": [...], "accounts": [...]}
--dynamics-port N          default: any free port
--activecampaign-port N    default: any free port
--seed S                   number on which ids and the sample depend; default 1
--speed N                  their time runs this many times faster; clients must share it; default 1
-h, --help

A service without a file is filled with the sample.`

/** What the user got wrong, in one line. */
class UsageError extends Error {}

function readArguments() {
  const options = {
    dynamics: { type: 'string' },
    activecampaign: { type: 'string' },
    'dynamics-port': { type: 'string', default: '0' },
    'activecampaign-port': { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    speed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  try {
    return parseArgs({ options }).values
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(message.replaceAll(/\s*\n\s*/g, ' '))
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text)
  throw new UsageError(`--${name} is ${text}: expected a whole number up to ${most}`)
}

async function serve(): Promise<void> {
  const values = readArguments()
  if (values.help) {
    console.log(help)
    return
  }
  const seed = wholeNumber('seed', values.seed, 2 ** 32 - 1)
  const ports = {
    dynamics: wholeNumber('dynamics-port', values['dynamics-port'], 65_535),
    activeCampaign: wholeNumber('activecampaign-port', values['activecampaign-port'], 65_535),
  }
  const sample = sampleData({ seed })
  const data = {
    dynamics: values.dynamics === undefined ? sample.dynamics : await readDynamicsFile(values.dynamics),
    activeCampaign:
      values.activecampaign === undefined
        ? sample.activeCampaign
        : await readActiveCampaignFile(values.activecampaign),
  }

  if (Number(values.speed) === 0) throw new UsageError('--speed is 0: time would stand still')
  const time = { startMs: Date.now(), beganMs: Date.now(), speed: wholeNumber('speed', values.speed, 1000) }
  const clock = createRunningClock(time.startMs, time)
  const dynamics = createDynamicsSimulator({ seed, clock })
  const activeCampaign = createActiveCampaignSimulator({ seed, clock })
  const { columns, fields } = loadInto(
    { dynamics, activeCampaign },
    { ...data, dynamicsFile: values.dynamics },
  )
  for (const { table, name, type } of columns)
    console.error(`made a custom column of Dynamics 365: ${table}.${name} (${type})`)
  for (const { perstag, type } of fields)
    console.error(`made a custom field of ActiveCampaign: ${perstag} (${type})`)
  const servers = [
    await dynamics.listen(ports.dynamics),
    await activeCampaign.listen(ports.activeCampaign),
  ] as const

  console.log(
    JSON.stringify({
      dynamics: {
        baseUrl: servers[0].url,
        apiUrl: `${servers[0].url}${dynamics.apiPath}`,
        tokenUrl: `${servers[0].url}/${dynamics.credentials.tenantId}/oauth2/v2.0/token`,
        ...dynamics.credentials,
      },
      activeCampaign: { baseUrl: servers[1].url, apiKey: activeCampaign.apiKey },
      time,
    }),
  )
  const stop = async () => {
    await Promise.all(servers.map((server) => server.close()))
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

try {
  await serve()
} catch (error) {
  const known = error instanceof UsageError || error instanceof DataFileError || isPortTaken(error)
  if (!known) throw error
  const advice = error instanceof UsageError ? '; see pnpm simulators --help' : ''
  console.error(`${error.message}${advice}`)
  process.exit(2)
}

function isPortTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}
