import type { Law } from './law.ts'

/**
 * Off is off: while the sync is switched off no run begins and no webhook is followed, and one that went on makes no second plan
 * any more. Plans that people ask for, and apply, are theirs.
 */
export const offIsOff: Law = ({ switches, attempts, answered, exchanges, journal }) =>
  switches.flatMap(({ off, on }): readonly string[] => {
    const runs = attempts.filter(({ call }) => call === 'run' || call === 'runDue')
    const within = ({ from, until }: { readonly from: number; readonly until: number }): boolean =>
      exchanges.some(({ at, askedAt }) => askedAt === null && at > from && at < until)
    const begun = [
      ...runs.filter(
        ({ from, until }) => from > off && until < on && exchanges.some(({ askedAt }) => askedAt === from),
      ),
      // One that arrives while a run goes on is written down for it.
      ...answered.filter(
        ({ from, until }) =>
          from > off &&
          until < on &&
          !attempts.some((attempt) => attempt.from < from && attempt.until > until) &&
          within({ from, until }),
      ),
    ].map(({ from }) => `Begun at ${from}, it made calls, and the sync had been off since ${off}.`)
    const endless = runs.flatMap((run): readonly string[] => {
      if (run.from > off || run.until < off) return []
      const plans = new Set(
        journal
          .filter(({ at, worker }) => worker === run.worker && at > off && at < Math.min(run.until, on))
          .map(({ planId }) => planId),
      )
      const hints = answered.filter(({ until, followed }) => followed && until < run.until).length
      return plans.size <= 1 + hints
        ? []
        : [`Switched off at ${off}, it made ${plans.size} plans after that.`]
    })
    return [...begun, ...endless]
  })
