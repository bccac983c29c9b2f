/**
 * The memory of a sync that brings 10,000 and 200,000 contacts from D365 to ActiveCampaign and links them, with its state in a
 * file: it shall be flat and stay below 300 MB. Both services run in a process of their own and are reached over HTTP; each count
 * is measured in a fresh process. What is measured is the whole process as the system sees it, and the heap in use.
 */
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, memoryUsage } from 'node:process'
import { createActiveCampaignClient } from '@dynacamp/activecampaign-client'
import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
import { createSync, sqliteState } from '../src/index.ts'
import { definition, schema } from './definition.ts'
import { fastClock } from './fast-clock.ts'

const factor = 200

interface Services {
  readonly dynamics: {
    readonly url: string
    readonly tenantId: string
    readonly clientId: string
    readonly clientSecret: string
  }
  readonly activeCampaign: { readonly url: string; readonly key: string }
}

const start = (count: number): Promise<{ readonly services: Services; stop(): void }> =>
  new Promise((resolve, reject) => {
    const child = fork(new URL('serve-services.ts', import.meta.url), [String(count), String(factor)])
    child.once('error', reject)
    child.once('message', (services: Services) => resolve({ services, stop: () => child.disconnect() }))
  })

const measure = async (count: number): Promise<void> => {
  const { services, stop } = await start(count)
  const folder = mkdtempSync(join(tmpdir(), 'dynacamp-bench-'))
  const clock = fastClock(factor)
  const { url, ...application } = services.dynamics
  const sync = createSync({
    definition,
    schema,
    state: sqliteState(join(folder, 'state.db')),
    clock,
    dynamics: createDynamicsClient({
      environmentUrl: url,
      credentials: clientCredentials({ ...application, loginUrl: url }),
      clock,
    }),
    activeCampaign: createActiveCampaignClient({ ...services.activeCampaign, allowAnyHost: true, clock }),
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

const [, , only, ...counts] = argv
if (only === 'one') await measure(Number(counts[0]))
else {
  console.log('Memory of a sync process, services in another process:')
  for (const count of only === undefined ? [10_000, 200_000] : [Number(only), ...counts.map(Number)]) {
    await new Promise((resolve) =>
      fork(new URL(import.meta.url), ['one', String(count)]).once('exit', resolve),
    )
  }
}
