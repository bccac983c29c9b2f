import type { Law } from './law.ts'

/** Ended is ended: once the host has the answer to what it asked for, or the error, no call of it is made any more. */
export const endedIsEnded: Law = ({ attempts, exchanges }) => {
  const attemptOf = new Map(attempts.map((attempt) => [attempt.from, attempt]))
  return exchanges.flatMap(({ askedAt, at, method, path }) => {
    const attempt = askedAt === null ? undefined : attemptOf.get(askedAt)
    return attempt === undefined || at < attempt.until
      ? []
      : [`A call of ${attempt.call}, which ended at ${attempt.until}, was made at ${at}: ${method} ${path}.`]
  })
}
