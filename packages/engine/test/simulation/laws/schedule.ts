import { RunFailedError, type RunReport } from '../../../src/index.ts'
import type { Attempt } from '../host.ts'
import type { Law } from './law.ts'

const hourMs = 3_600_000
/** How soon at the latest a host is asked to ask again where somebody else is at work. */
const busyMs = 60_000

const reportOf = ({ report, error }: Attempt): RunReport | undefined =>
  report ?? (error instanceof RunFailedError ? error.report : undefined)

/** Whether it may have begun a run: a kill and a store that fails leave no report. */
const mayHaveBegun = (attempt: Attempt): boolean =>
  attempt.error !== undefined || (attempt.report !== undefined && attempt.report.runId !== null)

/**
 * One run a slot. A slot in which none began is never left out, so that what was missed is caught up; one in which a run has done
 * everything has no second one; and a host is told to ask again before the slot is over.
 */
export const oneRunASlot: Law = ({ attempts, switches, exchanges, definition }) => {
  const slotMs = definition.schedule.everyHours * hourMs
  const slotOf = (instantMs: number): number => Math.floor(instantMs / slotMs)
  const runs = attempts.filter(({ call }) => call === 'run' || call === 'runDue')
  return attempts.flatMap((asked): readonly string[] => {
    if (asked.call !== 'runDue' || asked.error !== undefined) return []
    const { askedAtMs, endedAtMs, nextAtMs = Number.NaN, report } = asked
    if (switches.some(({ off, on }) => off < asked.until && on > asked.from)) return []
    const slot = slotOf(askedAtMs)
    if (report?.runId == null) {
      // Beside it the same worker may follow a webhook.
      const sent = exchanges.some(({ askedAt }) => askedAt === asked.from)
      const latestMs = report === undefined ? (slot + 1) * slotMs : endedAtMs + busyMs
      const isTaken = runs.some(
        (run) =>
          run !== asked &&
          run.from < asked.until &&
          mayHaveBegun(run) &&
          slotOf(run.askedAtMs) <= slot &&
          slotOf(run.endedAtMs) >= slot,
      )
      return [
        ...(sent ? [`At ${askedAtMs} no run was due, and calls were made.`] : []),
        ...(nextAtMs <= latestMs
          ? []
          : [`Asked at ${askedAtMs}, it is to be asked again at ${nextAtMs} only.`]),
        ...(report !== undefined || isTaken
          ? []
          : [`At ${askedAtMs} none was due, and the slot had no run.`]),
      ]
    }
    const startedAtMs = Date.parse(report.startedAt)
    // One that was asked for out of turn and came to nothing leaves its slot open.
    const last = runs.findLast((run) => run !== asked && mayHaveBegun(run) && run.endedAtMs <= startedAtMs)
    const before = last && reportOf(last)
    if (last === undefined || before === undefined || last.storeFailed) return []
    const isThrough = before.ending === 'completed' && !before.more
    return isThrough && slotOf(Date.parse(before.startedAt)) === slotOf(startedAtMs)
      ? [`The run at ${report.startedAt} was the second one of its slot, after that at ${before.startedAt}.`]
      : []
  })
}
