import { expect, test } from 'vitest'
import { createWorld } from '../support/world.ts'

/** Counts the turns of the host's event loop until it is told to stop. */
const countTurns = () => {
  let turns = 0
  let going = true
  const turn = (): void => {
    turns += 1
    if (going) setImmediate(turn)
  }
  setImmediate(turn)
  return {
    read: () => turns,
    stop: () => {
      going = false
    },
  }
}

test('while a run goes through thousands of records and makes no call, the host gets its turns', async () => {
  const world = createWorld()
  for (let n = 0; n < 2_100; n += 1) world.dynamics.insert('contact', { emailaddress1: `p${n} at example` })
  const turns = countTurns()
  const atBatches: number[] = []
  const report = await world.sync.run({
    onProgress: ({ step, done }) => {
      if (step === 'plan' && done > 0) atBatches.push(turns.read())
    },
  })
  turns.stop()
  expect(report.entities.contacts).toMatchObject({ held: 2_100, done: 0 })
  expect(atBatches.length).toBeGreaterThan(4)
  expect(new Set(atBatches).size).toBe(atBatches.length)
})
