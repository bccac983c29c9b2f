import type { Played } from '../play.ts'

/** Looks at what was played and says what is wrong with it, a sentence each. */
export type Law = (played: Played) => readonly string[]

/** The parts of a record's name in the diary. */
export const partsOf = (record: string) => {
  const [side = '', entity = '', id = ''] = record.split('/')
  return { side, entity, id }
}
