import type { EntityName } from '@dynacamp/mapping-dsl'

/**
 * What another record comes to that a field refers to, such as a contact's account: its ids on both sides, and the action
 * that makes or links it where that is still to be done.
 *
 * @example
 * const linked: ReferenceTarget = {
 *   entity: 'accounts', title: 'Contoso', plannedBy: null,
 *   dynamicsId: '7d0c7cd2-9a5c-4f6e-8f0e-2f6f1a1f0a01', activeCampaignId: '14',
 * }
 */
export interface ReferenceTarget {
  readonly entity: EntityName
  /** What people call it; null where nobody knows. */
  readonly title: string | null
  /** Null while it is not linked, unless the record referred to is the D365 row itself. */
  readonly dynamicsId: string | null
  /** Null while it is not linked, unless the record referred to is the ActiveCampaign record itself. */
  readonly activeCampaignId: string | null
  /**
   * Id of the action, of the same whole plan, that makes or links its other end: who refers to it waits for that. The id that
   * only the action will learn is null until then. Null where nothing is planned; it is then linked, or not in sync.
   */
  readonly plannedBy: string | null
}

/**
 * What is known of the records that others refer to, by {@link referenceKey}. A key that is missing is unknown, and the plan
 * asks for it with a need; a target without its other id and without a plan is known not to be in sync.
 */
export type References = Readonly<Record<string, ReferenceTarget>>

/** The key of a record in {@link References}, by its id in one of the services. */
export const referenceKey = (side: 'dynamics' | 'activeCampaign', entity: EntityName, id: string): string =>
  `${side}:${entity}:${id}`
