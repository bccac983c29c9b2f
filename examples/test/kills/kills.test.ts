/**
 * The demo's process is killed (SIGKILL) at random moments, over listening services and a SQLite file; between the kills
 * people go on changing both sides. In the end both services hold what they hold after the same changes without a kill:
 * no duplicate, nothing lost.
 *
 * `pnpm simulate kills --runs 500 --seed 7`: as many kills as wanted; the seed chooses the moments.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundle } from '../../../scripts/bundle.ts'
import { createKillWorld, type KillWorld } from './kill-world.ts'

const kills = Math.ceil(10 * Number(process.env.DYNACAMP_RUNS ?? 1))
const seed = Number(process.env.DYNACAMP_SEED ?? 1)

/** Half a second for each start of the demo, on a quiet machine. */
const patienceMs = 60_000 + kills * 10_000

let folder = ''
let program = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dynacamp-kills-'))
  program = await bundle('examples/two-way-sync.ts', folder)
}, patienceMs)
afterAll(() => rm(folder, { recursive: true }))

/** Park and Miller's generator: numbers from 0 to 1. */
const createRandom = (): (() => number) => {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/**
 * The `n`th change that people make. Each side changes fields of its own, so that what comes of them does not depend on which
 * runs were killed: conflicts are the simulation's matter.
 */
const change = ({ dynamics, activeCampaign, rowIds, contactIds }: KillWorld, n: number): void => {
  const row = rowIds[(n * 5) % rowIds.length] ?? ''
  const contact = contactIds[(n * 3) % contactIds.length] ?? ''
  const email = `new${n}@example.com`
  if (n % 4 === 0)
    dynamics.insert('contact', { emailaddress1: email, firstname: `New ${n}`, lastname: 'Row' })
  if (n % 4 === 1) dynamics.update('contact', row, { jobtitle: `Title ${n}` })
  if (n % 4 === 2) activeCampaign.updateContact(contact, { phone: `+47 ${n}` })
  if (n % 4 === 3) activeCampaign.insertContact({ email, firstName: `New ${n}`, tags: ['[D365: Contact]'] })
}

const untilNothingIsLeft = async (world: KillWorld): Promise<void> => {
  for (let round = 0; round < 4; round += 1) {
    const { code, stdout, stderr } = await world.run()
    expect(stderr).toBe('')
    const { lastPlan, runs } = JSON.parse(stdout)
    if (code === 0 && lastPlan.actions.length === 0 && runs[0].plan.actions.length === 0) return
  }
  throw new Error('four runs were not enough')
}

test(`killed ${kills} times, it ends where it ends undisturbed`, { timeout: patienceMs }, async () => {
  const random = createRandom()
  const world = await createKillWorld(program, folder, 'killed')
  let killed = 0
  let starts = 0
  while (killed < kills) {
    change(world, starts)
    starts += 1
    const { signal, code, stderr } = await world.run({
      request: 1 + Math.floor(random() * 30),
      afterMs: Math.floor(random() * 25),
    })
    if (signal === 'SIGKILL') killed += 1
    else expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  }
  await untilNothingIsLeft(world)

  const undisturbed = await createKillWorld(program, folder, 'undisturbed')
  for (let n = 0; n < starts; n += 1) change(undisturbed, n)
  await untilNothingIsLeft(undisturbed)
  expect(world.bothSides()).toEqual(undisturbed.bothSides())
  await Promise.all([world.close(), undisturbed.close()])
})
