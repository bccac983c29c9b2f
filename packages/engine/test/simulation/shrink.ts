import type { Episode, History, Run } from './history.ts'

const without = <Item>(items: readonly Item[], index: number): readonly Item[] => items.toSpliced(index, 1)

const simplerRuns = (run: Run): readonly Run[] => [
  ...run.faults.map((_, index) => ({ ...run, faults: without(run.faults, index) })),
  ...run.storeFaults.map((_, index) => ({ ...run, storeFaults: without(run.storeFaults, index) })),
  ...run.meanwhile.map((_, index) => ({ ...run, meanwhile: without(run.meanwhile, index) })),
  ...run.letters.map((_, index) => ({ ...run, letters: without(run.letters, index) })),
  ...(run.switchedOffAt === null ? [] : [{ ...run, switchedOffAt: null }]),
  ...(run.askedAt === null ? [] : [{ ...run, askedAt: null }]),
  ...(run.lostWrite === null ? [] : [{ ...run, lostWrite: null }]),
  ...(run.rival === null ? [] : [{ ...run, rival: null }]),
  ...(run.betweenPages === null ? [] : [{ ...run, betweenPages: null }]),
  ...(run.deadlineMs === null ? [] : [{ ...run, deadlineMs: null }]),
  ...(run.pausedAt === null ? [] : [{ ...run, pausedAt: null }]),
  ...(run.refused === null ? [] : [{ ...run, refused: null }]),
  ...(run.killedAt === null ? [] : [{ ...run, killedAt: null }]),
]

const simplerEpisodes = (episode: Episode): readonly Episode[] => [
  ...episode.events.map((_, index) => ({ ...episode, events: without(episode.events, index) })),
  ...episode.letters.map((_, index) => ({ ...episode, letters: without(episode.letters, index) })),
  ...simplerRuns(episode.run).map((run) => ({ ...episode, run })),
]

/** Every history that lacks one thing: what comes after an episode first, then episodes, then what happens in them. */
function* simpler(history: History): Generator<History> {
  const { episodes, storeMs } = history
  if (storeMs > 0) yield { ...history, storeMs: 0 }
  for (let length = 1; length < episodes.length; length += 1) {
    yield { ...history, episodes: episodes.slice(0, length) }
  }
  for (const [index, episode] of episodes.entries()) {
    yield { ...history, episodes: without(episodes, index) }
    for (const one of simplerEpisodes(episode)) yield { ...history, episodes: episodes.with(index, one) }
  }
}

/** The shortest prefix that still fails, with everything left out that it does not need to fail. */
export const shrink = async (
  history: History,
  fails: (history: History) => Promise<boolean>,
): Promise<History> => {
  let smallest = history
  for (;;) {
    let found: History | undefined
    for (const candidate of simpler(smallest)) {
      if (!(await fails(candidate))) continue
      found = candidate
      break
    }
    if (found === undefined) return smallest
    smallest = found
  }
}
