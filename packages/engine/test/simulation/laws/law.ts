import type { Played } from '../play.ts'

/** Looks at what was played and says what is wrong with it, a sentence each. */
export type Law = (played: Played) => readonly string[]
