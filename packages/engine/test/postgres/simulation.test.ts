/**
 * A few of the histories of `simulation/`, with the state in PostgreSQL. Each is played once: its server answers in its own time,
 * so that a history need not go the same way twice.
 */
import { expect, test } from 'vitest'
import { historyOf } from '../simulation/history.ts'
import { breachesOf } from '../simulation/judge.ts'
import { play } from '../simulation/play.ts'
import { openState } from '../support/open-state.ts'

const usualHistories = 5
const histories = Math.ceil(usualHistories * Number(process.env.DYNACAMP_RUNS ?? 1))
const firstSeed = Number(process.env.DYNACAMP_SEED ?? 1)

test.for(Array.from({ length: histories }, (_, index) => firstSeed + index))(
  'history %i keeps the laws',
  { timeout: 300_000 },
  async (seed) => {
    expect(breachesOf(await play({ ...historyOf(seed), storeMs: 0 }, {}, openState))).toEqual([])
  },
)
