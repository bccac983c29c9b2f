import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createActiveCampaignSimulator,
  createDynamicsSimulator,
  createRunningClock,
  loadInto,
  sampleData,
} from '@dynacamp/simulators'

/** How much faster than real time the listening services and the demo run. Their limits are the same in that time. */
const speed = 60

interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Both services listening, with a few people in each, and the demo as a process that reaches them over sockets. */
export const createKillWorld = async (program: string, folder: string, name: string) => {
  const time = { startMs: Date.UTC(2026, 0, 5, 8), beganMs: Date.now(), speed }
  const clock = createRunningClock(time.startMs, time)
  const dynamics = createDynamicsSimulator({ clock })
  const activeCampaign = createActiveCampaignSimulator({ clock })
  loadInto({ dynamics, activeCampaign }, sampleData({ people: 12 }))
  const servers = [await dynamics.listen(), await activeCampaign.listen()] as const
  const connection = join(folder, `${name}.json`)
  await writeFile(
    connection,
    JSON.stringify({
      dynamics: {
        baseUrl: servers[0].url,
        tokenUrl: `${servers[0].url}/${dynamics.credentials.tenantId}/oauth2/v2.0/token`,
        ...dynamics.credentials,
      },
      activeCampaign: { baseUrl: servers[1].url, apiKey: activeCampaign.apiKey },
      time,
    }),
  )

  const state = join(folder, `${name}.db`)
  const start = (): ChildProcess =>
    spawn('node', [program, '--connect', connection, '--state', state, '--once', '--json'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })

  /** Runs the demo to its end, or until it is killed: `afterMs` after its request of this number has arrived. */
  const run = (kill?: { readonly request: number; readonly afterMs: number }): Promise<Ended> =>
    new Promise((ended) => {
      const child = start()
      let arrived = 0
      const arrive = (): void => {
        arrived += 1
        if (arrived === kill?.request) setTimeout(() => child.kill('SIGKILL'), kill.afterMs)
      }
      const stops = [dynamics, activeCampaign].map(({ faults }) =>
        faults.each({ kind: 'meanwhile', run: arrive }),
      )
      const texts = { stdout: '', stderr: '' }
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream]?.on('data', (data: Buffer) => {
          texts[stream] += data.toString()
        })
      }
      child.once('close', (code, signal) => {
        for (const stop of stops) stop()
        ended({ code, signal, ...texts })
      })
    })

  return {
    dynamics,
    activeCampaign,
    /** Who was there from the start, for changes that do not depend on what came later. */
    rowIds: dynamics
      .rows('contact')
      .filter(({ statecode }) => statecode === 0)
      .map(({ contactid }) => String(contactid)),
    contactIds: activeCampaign.contacts().map(({ id }) => id),
    run,
    /** What both services hold, without ids and times of their own making. */
    bothSides: () => ({
      dynamics: dynamics
        .rows('contact')
        .map(({ emailaddress1, firstname, lastname, telephone1, jobtitle, address1_city, statecode }) =>
          JSON.stringify({
            emailaddress1,
            firstname,
            lastname,
            telephone1,
            jobtitle,
            address1_city,
            statecode,
          }),
        )
        .sort((a, b) => (a < b ? -1 : 1)),
      activeCampaign: activeCampaign
        .contacts()
        .map(({ email, firstName, lastName, phone, fields }) =>
          JSON.stringify({ email, firstName, lastName, phone, position: fields.POSITION, city: fields.CITY }),
        )
        .sort((a, b) => (a < b ? -1 : 1)),
    }),
    close: () => Promise.all(servers.map((server) => server.close())),
  }
}

export type KillWorld = Awaited<ReturnType<typeof createKillWorld>>
