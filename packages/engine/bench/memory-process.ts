/**
 * One sync in a process of its own: brings `argv[2]` contacts from D365 to ActiveCampaign, links them, and says how much memory
 * the process took at most, as the system sees it, and how much of its heap was in use. Started by `memory.ts`.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, memoryUsage } from 'node:process'
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import { createVirtualClock } from '@dynacamp/simulators'
import { createSync, sqliteState } from '../src/index.ts'
import { definition, schema } from './definition.ts'

interface Services {
  readonly dynamics: {
    readonly url: string
    readonly tenantId: string
    readonly clientId: string
    readonly clientSecret: string
  }
  readonly activeCampaign: { readonly url: string; readonly key: string }
}

const clock = createVirtualClock()

const start = (
  count: number,
): Promise<{ readonly services: Services; tell(nowMs: number): void; stop(): void }> =>
  new Promise((resolve, reject) => {
    const arguments_ = [String(count), String(clock.now())]
    const child = fork(new URL('serve-services.mjs', import.meta.url), arguments_, { execArgv: [] })
    child.once('error', reject)
    child.once('message', (services: Services) =>
      resolve({ services, tell: (nowMs) => child.send(nowMs), stop: () => child.disconnect() }),
    )
  })

const isEmpty = ({ status }: Response): boolean => status === 204 || status === 304

const measure = async (count: number): Promise<void> => {
  const { services, tell, stop } = await start(count)
  /** Over the network. Time stands still until the whole answer is there: a clock that jumps sees nothing of sockets. */
  const send = async (request: Request): Promise<Response> => {
    const release = clock.hold()
    try {
      tell(clock.now())
      const answer = await fetch(request)
      const body = await answer.arrayBuffer()
      return new Response(isEmpty(answer) ? null : body, answer)
    } finally {
      release()
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'dynacamp-bench-'))
  const { url, ...application } = services.dynamics
  const sync = createSync({
    definition,
    schema,
    state: sqliteState(join(folder, 'state.db')),
    clock,
    dynamics: createDynamicsClient({
      environmentUrl: url,
      credentials: clientCredentials({ ...application, loginUrl: url }),
      fetch: send,
      clock,
    }),
    activeCampaign: createActiveCampaignClient({
      ...services.activeCampaign,
      allowAnyHost: true,
      fetch: send,
      clock,
    }),
  })
  const before = memoryUsage().rss
  let [rss, heap] = [0, 0]
  const look = (): void => {
    const now = memoryUsage()
    rss = Math.max(rss, now.rss)
    heap = Math.max(heap, now.heapUsed)
  }
  const watching = setInterval(look, 20)
  const report = await sync.run()
  clearInterval(watching)
  stop()
  rmSync(folder, { recursive: true, force: true })
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`
  console.log(
    `  ${count.toLocaleString('en')} records: at most ${megabytes(rss)} resident (${megabytes(before)} before), ` +
      `${megabytes(heap)} of heap; ${JSON.stringify(report.entities.contacts)}, ${report.ending}`,
  )
}

await measure(Number(argv[2]))
