/** Tests the proof: a defect that is built in on purpose breaks the law that is there for it, and nothing else does. */
import { expect, test } from 'vitest'
import { defects } from './defects/index.ts'
import { judge } from './judge.ts'

test.each(Object.entries(defects))('%s', async (_, { law, sabotage, history }) => {
  const sound = await judge(history)
  expect(sound.breaches).toEqual([])
  const broken = await judge(history, sabotage)
  expect(broken.breaches.map((breach) => breach.law)).toContain(law)
})
