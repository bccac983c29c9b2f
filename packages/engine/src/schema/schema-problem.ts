/**
 * Something of an environment that the pulled schema does not have, or that needs a look before it is mapped. Never a
 * reason to stop.
 */
export interface SchemaProblem {
  readonly side: 'dynamics' | 'activeCampaign'
  /** Stable name of the rule. */
  readonly code:
    | 'no-value'
    | 'unknown-type'
    | 'not-readable'
    | 'computed'
    | 'ambiguous-labels'
    | 'no-name'
    | 'duplicate-name'
    | 'no-currency'
    | 'unavailable'
  /** Where, such as `contacts.entityimage` or `contacts.POSITION`. */
  readonly where: string
  /** What it means for mappings, and what can be done. */
  readonly message: string
}
