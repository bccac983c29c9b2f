import { allEvents } from './events/all-events.ts'
import { faultNames } from './faults.ts'
import type { Played } from './play.ts'
import { refusalNames } from './refusals.ts'

/** What every campaign must come by: a generator that never reaches something proves nothing about it. */
const mustHappen: readonly string[] = [
  ...Object.keys(allEvents),
  ...faultNames,
  ...refusalNames,
  'a store far away',
  'a run',
  'a plan that is applied',
  'a guard stops run',
  'a guard stops runDue',
  'a guard stops apply',
  'a host asks until a run is due',
  'a schedule',
  'asked whether a run is due: not yet',
  'asked whether a run is due: busy',
  'asked whether a run is due: completed',
  'another process asks for a run meanwhile',
  'the sync is switched off',
  'the switch stops a run',
  'a webhook of dynamics',
  'a webhook of dynamics that it never sent',
  'a webhook of activeCampaign',
  'a webhook of activeCampaign that it never sent',
  'a webhook with a wrong secret',
  'a webhook arrives while it runs',
  'a run fails',
  'a run ends: deadline',
  'a paused worker is overtaken',
  'a worker is killed',
  'people change something while it runs',
  'people change something between two pages',
  'somebody edits the very record',
  'lost answer to a write',
  'store fails: begin',
  'store fails: commit',
  'store fails: answer-lost',
  'action create-active-campaign-contact',
  'action create-dynamics-record',
  'action update-active-campaign-contact',
  'action update-dynamics-record',
  'action link-records',
  'action unlink-records',
  'action unsubscribe-active-campaign-contact',
  'action deactivate-dynamics-record',
  'action delete-active-campaign-contact',
  'action delete-dynamics-record',
  'action create-active-campaign-account',
  'action update-active-campaign-account',
  'action delete-active-campaign-account',
  'action set-active-campaign-account',
  'action create-custom-object',
  'action add-active-campaign-tags',
  'action create-active-campaign-record',
  'action update-active-campaign-record',
  'outcome done',
  'outcome stale',
  'outcome unknown',
  'reason conflict-dynamics-wins',
  'reason conflict-active-campaign-wins',
  'reason source-owns-field',
  'held at the end: conflict',
]

/** Counts what really happened over a campaign. */
export const createCoverage = () => {
  const counts = new Map<string, number>()
  const add = (what: string, times = 1): void => void counts.set(what, (counts.get(what) ?? 0) + times)
  return {
    add({ happened, journal, lastPlan }: Played): void {
      for (const [what, times] of happened) add(what, times)
      for (const { action } of journal) {
        add(`action ${action.kind}`)
        for (const { reason } of action.changes) add(`reason ${reason.code}`)
      }
      for (const { reason } of lastPlan?.holds ?? []) add(`held at the end: ${reason.code}`)
      for (const { reason } of lastPlan?.skips ?? []) add(`skipped at the end: ${reason.code}`)
    },
    missing: (): readonly string[] => mustHappen.filter((what) => !counts.has(what)),
    /** A line for everything, the rarest first. */
    text: (): string =>
      [...counts]
        .sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1))
        .map(([what, times]) => `${String(times).padStart(7)}  ${what}`)
        .join('\n'),
  }
}
