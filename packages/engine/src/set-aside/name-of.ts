import type { Action, RecordInput } from '@dynacamp/core'
import { endOf } from '../state/ends.ts'
import type { RecordName } from '../state/kinds.ts'

/**
 * The record that is set aside when an action fails: the row of D365, or the contact that was to become one. Null where the
 * action is about no record, such as one on a custom object.
 */
export const nameOfAction = ({ kind, entity, dynamicsId, activeCampaignId }: Action): RecordName | null => {
  if (activeCampaignId !== null && (dynamicsId === null || kind === 'create-dynamics-record')) {
    return { ...endOf(entity, 'activeCampaign'), id: activeCampaignId }
  }
  return dynamicsId === null ? null : { ...endOf(entity, 'dynamics'), id: dynamicsId }
}

/** The names under which the record of an action may be set aside. */
export const namesOfAction = ({ entity, dynamicsId, activeCampaignId }: Action): readonly RecordName[] => [
  ...(dynamicsId === null ? [] : [{ ...endOf(entity, 'dynamics'), id: dynamicsId }]),
  ...(activeCampaignId === null ? [] : [{ ...endOf(entity, 'activeCampaign'), id: activeCampaignId }]),
]

/** The names under which a record of a batch may be set aside. */
export const namesOfInput = (
  entity: string,
  { dynamics, activeCampaign }: RecordInput,
): readonly RecordName[] => [
  ...(dynamics === undefined ? [] : [{ ...endOf(entity, 'dynamics'), id: dynamics.id }]),
  ...(activeCampaign === undefined ? [] : [{ ...endOf(entity, 'activeCampaign'), id: activeCampaign.id }]),
]
