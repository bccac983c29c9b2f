import type { History } from './history.ts'
import { laws } from './laws/all-laws.ts'
import { type Played, play } from './play.ts'
import { shrink } from './shrink.ts'
import { tell } from './tell.ts'
import type { Sabotage } from './worker.ts'

/** A law that was broken, and how. */
export interface Breach {
  readonly law: string
  readonly sentences: readonly string[]
}

/** The laws that what was played breaks. */
export const breachesOf = (played: Played): readonly Breach[] =>
  Object.entries(laws).flatMap(([law, look]) => {
    const sentences = look(played)
    return sentences.length === 0 ? [] : [{ law, sentences }]
  })

/** Plays a history twice: the laws hold, and both times everything goes the same way. */
export const judge = async (
  history: History,
  sabotage?: Sabotage,
): Promise<{ readonly played: Played; readonly breaches: readonly Breach[] }> => {
  const played = await play(history, sabotage)
  const again = await play(history, sabotage)
  const differs = played.fingerprint !== again.fingerprint
  const sentence = 'The same history went another way the second time.'
  return {
    played,
    breaches: [...breachesOf(played), ...(differs ? [{ law: 'deterministic', sentences: [sentence] }] : [])],
  }
}

/** What a failing seed prints: the law, how to play it again, and the shortest history that still breaks it. */
export const report = async (
  seed: number,
  history: History,
  [breach]: readonly Breach[],
): Promise<string> => {
  // Only that a history goes the same way twice takes playing it twice.
  const breachIn = async (candidate: History): Promise<Breach | undefined> => {
    const isOfOnePlay = breach !== undefined && breach.law in laws
    const breaches = isOfOnePlay ? breachesOf(await play(candidate)) : (await judge(candidate)).breaches
    return breaches.find(({ law }) => law === breach?.law)
  }
  process.stdout.write(
    `Seed ${seed} breaks the law "${breach?.law}"; looking for the shortest history that does.\n`,
  )
  const smallest = await shrink(history, async (candidate) => (await breachIn(candidate)) !== undefined)
  const again = await breachIn(smallest)
  return [
    `Seed ${seed} breaks the law "${breach?.law}":`,
    ...(breach?.sentences ?? []),
    '',
    `Play it again: pnpm simulate engine --runs 1 --seed ${seed}`,
    'The shortest history that breaks it:',
    tell(smallest),
    ...(again?.sentences ?? []),
  ].join('\n')
}
