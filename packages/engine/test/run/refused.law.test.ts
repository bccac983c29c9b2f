/**
 * Law of what is refused: wherever the process is killed, or meets its deadline, in the run that first meets the refusal, and whenever the
 * permission is given back, both services end as if nothing had been refused.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLifeline } from '../simulation/lifeline.ts'
import { asyncLaw } from '../support/law.ts'
import { mortalSync } from '../support/mortal-sync.ts'
import { refusals } from '../support/refuse.ts'
import { change, neverRefused, settle, subscribe, wholeWorld } from '../support/whole-world.ts'

const names = Object.keys(refusals).filter((name): name is keyof typeof refusals => name in refusals)

const story = fc.record({
  what: fc.constantFrom(...names),
  /** Before the first run, or later. */
  first: fc.boolean(),
  full: fc.boolean(),
  killedAt: fc.option(fc.nat(260)),
  deadlineMs: fc.option(fc.integer({ min: 1, max: 4_000 })),
  /** How many more runs meet it. */
  more: fc.nat(2),
})

type Story = typeof story extends fc.Arbitrary<infer Drawn> ? Drawn : never

/** Longer than a lease lasts, and than a reading that a deadline has cut off is good for. */
const restartMs = 15 * 60_000

test('a kill or a deadline in the run that first meets a refusal changes nothing in the end', {
  timeout: 300_000,
}, async () => {
  const expected = await neverRefused()
  let killed = 0
  const endsAsNeverRefused = async (drawn: Story): Promise<void> => {
    const { what, first, full, killedAt, deadlineMs, more } = drawn
    const world = wholeWorld()
    const begin = async () => {
      await world.sync.run()
      subscribe(world)
      await world.sync.run()
    }
    if (!first) await begin()
    const [refuse] = refusals[what]
    const allow = refuse(world)
    if (!first) change(world, 1)
    const lifeline = createLifeline()
    if (killedAt !== null) lifeline.endIn(killedAt + 1)
    const options = { full, ...(deadlineMs !== null && { deadlineMs }) }
    await mortalSync(world, lifeline)
      .run(options)
      .catch(() => undefined)
    if (lifeline.ended) killed += 1
    await world.clock.sleep(restartMs)
    for (let times = 0; times < more; times += 1) await world.sync.run(options).catch(() => undefined)
    await world.clock.sleep(restartMs)
    allow()
    if (first) {
      await begin()
      change(world, 1)
    }
    await world.sync.run()
    change(world, 2)
    expect(await settle(world)).toEqual(expected)
  }
  // Whatever is drawn, the law looks at a kill.
  await endsAsNeverRefused({
    what: 'lists of ActiveCampaign',
    first: false,
    full: true,
    killedAt: 40,
    deadlineMs: null,
    more: 1,
  })
  expect(killed).toBe(1)
  await asyncLaw(story, endsAsNeverRefused, 8)
})
