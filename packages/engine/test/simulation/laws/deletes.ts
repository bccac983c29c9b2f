import { partsOf } from '../record-names.ts'
import type { Law } from './law.ts'

/** The sync deletes or deactivates nothing but what the definition says, and only after a deletion by people. */
export const deletesDeclared: Law = ({ diary, history: { policies } }) =>
  diary.entries.flatMap(({ by, record, field, before, after }): readonly string[] => {
    if (by !== 'sync') return []
    const { side, entity } = partsOf(record)
    const goneElsewhere = diary.entries.some(
      (entry) =>
        entry.by === 'people' &&
        entry.field === 'record' &&
        entry.after === false &&
        partsOf(entry.record).side !== side,
    )
    if (field === 'record' && after === false) {
      const policy = side === 'dynamics' ? policies.deletedInActiveCampaign : policies.deletedInDynamics
      return policy === 'delete' && goneElsewhere ? [] : [`${record} was deleted under the policy ${policy}.`]
    }
    if (field === 'statecode' && before !== null) {
      const policy = policies.deletedInActiveCampaign
      // A lead is disqualified: its 1 is "Qualified".
      const inactive = entity === 'leads' ? 2 : 1
      return policy === 'deactivate' && after === inactive && goneElsewhere
        ? []
        : [`${record} got the state ${String(after)} under the policy ${policy}.`]
    }
    return []
  })
