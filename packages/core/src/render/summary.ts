import type { Action } from '../actions/action.ts'
import type { Plan } from '../model/plan.ts'
import { subjectKey } from '../plan/ledger.ts'
import { counted } from './words.ts'

const duration = (seconds: number): string =>
  seconds < 90 ? counted(seconds, 'second') : `${Math.ceil(seconds / 60)} minutes`

/** A share of a day that is not nothing is never shown as 0.00 %. */
const percent = (share: number): string =>
  share < 0.0001 ? 'less than 0.01 %' : `${(share * 100).toFixed(2)} %`

const costSentence = ({ calls, bulk, batches, leastCalls, seconds, dailyShare }: Plan['cost']): string => {
  if (leastCalls.dynamics + leastCalls.activeCampaign === 0) return 'No call to either service.'
  const inBulk =
    bulk.calls === 0 ? '' : ` (${counted(bulk.contacts, 'contact')} in ${counted(bulk.calls, 'bulk call')})`
  const inBatches =
    batches.calls === 0
      ? ''
      : ` (${counted(batches.rows, 'row')} in ${batches.calls} ${batches.calls === 1 ? 'batch' : 'batches'})`
  const share = calls.dynamics === 0 ? '' : `; ${percent(dailyShare)} of a day’s requests`
  return (
    `${counted(leastCalls.dynamics, 'call')} to Dynamics 365${inBatches}, ${leastCalls.activeCampaign} to ActiveCampaign${inBulk}: ` +
    `at least ${duration(Math.max(seconds.dynamics, seconds.activeCampaign))} at the pace both allow${share}. ` +
    'Looks before writes are counted; reading both sides before and after is not.'
  )
}

/** The action kinds that a summary counts apart from changes. */
const creating: readonly Action['kind'][] = [
  'create-active-campaign-contact',
  'create-active-campaign-account',
  'create-dynamics-record',
  'create-active-campaign-record',
]
const deleting: readonly Action['kind'][] = [
  'delete-active-campaign-contact',
  'delete-active-campaign-account',
  'delete-dynamics-record',
]
const linking: readonly Action['kind'][] = ['link-records', 'move-link', 'unlink-records']
const making: readonly Action['kind'][] = ['create-custom-object', 'extend-custom-object']

/** Records by what happens to them: one that is deleted or created is not counted among the changed as well. */
const countRecords = (actions: readonly Action[]) => {
  const recordsOf = (wanted: (action: Action) => boolean, ...counted: readonly ReadonlySet<string>[]) =>
    new Set(
      actions
        .filter(wanted)
        .map(subjectKey)
        .filter((key) => !counted.some((keys) => keys.has(key))),
    )
  const deletes = recordsOf(({ kind }) => deleting.includes(kind))
  const creates = recordsOf(({ kind }) => creating.includes(kind), deletes)
  const apart = [...creating, ...deleting, ...linking, ...making]
  const changes = recordsOf(({ kind }) => !apart.includes(kind), deletes, creates)
  return {
    creates: creates.size,
    changes: changes.size,
    deletes: deletes.size,
    links: actions.filter(({ kind }) => linking.includes(kind)).length,
    objects: actions.filter(({ kind }) => making.includes(kind)).length,
  }
}

/** The sentences a reader needs first: what happens to the records, and what it costs. */
export const summaryOf = ({ counts, cost, actions, conflicts }: Plan): readonly [string, string, string] => {
  const { creates, changes, deletes, links, objects } = countRecords(actions)
  return [
    `${counted(counts.records, 'record')}: ${counts.planned} planned, ${counts.unchanged} unchanged, ` +
      `${counts.held} held, ${counts.skipped} skipped; ${counted(conflicts.length, 'conflict')}.`,
    `${counted(creates, 'record')} to create, ${changes} to change, ${deletes} to delete, ` +
      `${counted(links, 'link')} to remember or forget${objects === 0 ? '' : '; a custom object to make or extend'}.`,
    costSentence(cost),
  ]
}
