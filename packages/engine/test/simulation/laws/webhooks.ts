import type { Law } from './law.ts'

/**
 * Whoever does not bring the secret is refused, and nothing comes of it; whoever does is answered with 2xx, whatever becomes of the
 * record: another answer would undo what a user saved in D365, or switch a webhook of ActiveCampaign off.
 */
export const strangersKeptOut: Law = ({ answered }) =>
  answered.flatMap(({ letter, status, followed }): readonly string[] => {
    const what = `A webhook of ${letter.side} with the ${letter.secret} secret`
    if (letter.secret === 'right') return status === 200 ? [] : [`${what} was answered with ${status}.`]
    return status === 401 && !followed
      ? []
      : [`${what} was answered with ${status}${followed ? ' and followed' : ''}.`]
  })
