/**
 * `Promise.all`, but where one fails the others have ended, too, before it throws: whoever was told of the failure may close what
 * they work with. Throws the failure of the first of `works` that has one.
 *
 * @example
 * import { allEnded } from '@dynacamp/http'
 *
 * export const bothOf = async (one: Promise<string>, other: Promise<number>) => {
 *   const [text, count] = await allEnded([one, other])
 *   return `${text}: ${count}`
 * }
 */
export const allEnded = async <const Works extends readonly Promise<unknown>[]>(works: Works) => {
  await Promise.allSettled(works)
  return Promise.all(works)
}
