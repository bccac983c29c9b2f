import type { ObservedCustomObject } from '@dynacamp/core'
import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import { fromText } from '../state/json.ts'
import type { RecordKind, StateTransaction } from '../state/state-store.ts'

/** Records of the custom object that opportunities flow to, by their external ids. */
export const recordKind: RecordKind = { side: 'activeCampaign', entity: 'opportunities' }

/** What the state knows of the custom object. */
export interface KnownObject {
  readonly slug: string
  /** The service's id of its schema; null while there is none. */
  readonly schemaId: string | null
  readonly observed: ObservedCustomObject
  /** Making it was refused: the account's plan has no custom objects. Tried again by a full read only. */
  readonly refused: boolean
}

const name = 'activecampaign/opportunities/object'

/** The custom object as it was last seen; undefined before the first look, or when another one is meant now. */
export const knownObject = async (
  { cursors }: StateTransaction,
  { object }: CompiledEntity,
): Promise<KnownObject | undefined> => {
  const text = await cursors.get(name)
  const known = text === null ? undefined : fromText<KnownObject>(text)
  return known?.slug === object?.slug ? known : undefined
}

export const rememberObject = ({ cursors }: StateTransaction, known: KnownObject): Promise<void> =>
  cursors.set(name, JSON.stringify(known))
