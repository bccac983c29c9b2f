import type { ActionKind } from '@dynacamp/core'
import type { Fields } from '@dynacamp/mapping-dsl'
import type { Page, RecordName, Side } from './kinds.ts'

/** An action whose write ActiveCampaign imports: what to remember once it has. */
export interface ImportedAction {
  readonly planId: string
  readonly actionId: string
  readonly kind: ActionKind
  readonly entity: string
  readonly linkId: string
  readonly dynamicsId: string
  /** Null for a contact that the import makes. */
  readonly activeCampaignId: string | null
  /** The address it was sent under. */
  readonly email: string
  /** What the contact will be found by. */
  readonly keys: readonly string[]
  readonly settles: { readonly dynamics: Fields; readonly activeCampaign: Fields }
}

/** Contacts that were sent together to bulk import. */
export interface ContactImport {
  readonly id: string
  /** When they were sent: ISO 8601, UTC. */
  readonly at: string
  /** The batches that the service queued; null while nobody knows whether it took them. */
  readonly batchIds: readonly string[] | null
  /** Null while it is under way; then the addresses that failed. */
  readonly failed: readonly string[] | null
  readonly actions: readonly ImportedAction[]
}

/** A record, or a key that it is found by, as {@link ImportState.underWay} knows it. */
export const underWayName = (record: RecordName): string => `${record.entity}/${record.side}/${record.id}`
export const underWayKey = (key: string): string => `key/${key}`

const sides: readonly (readonly [Side, 'dynamicsId' | 'activeCampaignId'])[] = [
  ['dynamics', 'dynamicsId'],
  ['activeCampaign', 'activeCampaignId'],
]

/** Everything that an import keeps under way: both ends of its actions, and the keys of contacts that it makes. */
export const namesUnderWay = ({ actions }: ContactImport): readonly string[] => [
  ...new Set(
    actions.flatMap((action) => [
      ...sides.flatMap(([side, end]) => {
        const id = action[end]
        const entity = side === 'dynamics' ? action.entity : 'contacts'
        return id === null ? [] : [underWayName({ side, entity, id })]
      }),
      ...action.keys.map(underWayKey),
    ]),
  ),
]

/** Imports, in the order of their ids, until they are learnt of. Their records stay out of every plan. */
export interface ImportState {
  /** Begins an import, or says anew what is in it. */
  save(contactImport: ContactImport): Promise<void>
  /** Notes how far it is. */
  note(id: string, progress: Pick<ContactImport, 'batchIds' | 'failed'>): Promise<void>
  /** Those whose batches have ended, or those that are under way. */
  list(ended: boolean, page: Page): Promise<readonly ContactImport[]>
  /** Those of these names ({@link underWayName}, {@link underWayKey}) that an import is about to change. */
  underWay(names: readonly string[]): Promise<ReadonlySet<string>>
  /** It has ended: its records can be planned again. */
  remove(id: string): Promise<void>
}
