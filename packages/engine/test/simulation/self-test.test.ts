/** Tests the proof: a defect that is built in on purpose breaks the law that is there for it, and nothing else does. */
import { expect, test } from 'vitest'
import { defects } from './defects/index.ts'
import type { History } from './history.ts'
import { breachesOf, judge } from './judge.ts'
import { laws } from './laws/all-laws.ts'
import { play } from './play.ts'
import type { Sabotage } from './worker.ts'

/** Only that a history goes the same way twice takes playing it twice. */
const brokenLaws = async (law: string, history: History, sabotage?: Sabotage): Promise<readonly string[]> => {
  const breaches =
    law in laws ? breachesOf(await play(history, sabotage)) : (await judge(history, sabotage)).breaches
  return breaches.map((breach) => breach.law)
}

test.each(Object.entries(defects))('%s', async (_, { law, sabotage, history }) => {
  expect(await brokenLaws(law, history)).toEqual([])
  expect(await brokenLaws(law, history, sabotage)).toContain(law)
})
