/**
 * What the simulator does where the public record is silent or contradicts itself. Each question has one switch;
 * the default is the least convenient answer that the record allows. Notes: `docs/discoveries/dynamics-*.md`.
 */
export interface DynamicsBehaviour {
  /** Status that comes with code 0x80044352 for a dead delta token. Default 400. */
  readonly expiredTokenStatus: 400 | 410
  /** `$filter` on the root `EntityDefinitions`. Default `accepted`, as documented; live reports say `refused`. */
  readonly metadataRootFilter: 'accepted' | 'refused'
  /** Reading a single row that the caller has no access to. Default 404. */
  readonly readWithoutAccess: 404 | 403
  /** `""` written to a text column. Default `null`. */
  readonly emptyText: 'null' | 'kept'
  /** A column in a body that only the server sets. Default `ignored`. */
  readonly readOnlyColumn: 'ignored' | 'refused'
  /** Giving a user a role of another business unit. Default `refused`. */
  readonly roleOfOtherBusinessUnit: 'refused' | 'accepted'
  /** Does a row without a value match `ne 'x'` and `not contains(...)`? Default true. */
  readonly notEqualFindsNull: boolean
  /** Status of a duplicate rule that strikes. Default 412; an older documentation page shows 500. */
  readonly duplicateStatus: 412 | 500
  /** Status of a request to an entity set that there is none of. Default 404; another library's tests have 400. */
  readonly unknownSetStatus: 404 | 400
  /** Most rows of a page, whatever is asked for. Default 5000, as documented; a small one makes paging happen with few rows. */
  readonly pageLimit: number
  /** What the feed tells of a row that was deleted and restored since the delta link. Default `row-and-deletion`, the deletion last. */
  readonly restoredRow: 'row-and-deletion' | 'row'
  /** Where a 429 strikes a `$batch`: default `whole`, the batch is refused before it starts. */
  readonly batchThrottling: 'whole' | 'parts'
}

export const defaultBehaviour: DynamicsBehaviour = {
  expiredTokenStatus: 400,
  metadataRootFilter: 'accepted',
  readWithoutAccess: 404,
  emptyText: 'null',
  readOnlyColumn: 'ignored',
  roleOfOtherBusinessUnit: 'refused',
  notEqualFindsNull: true,
  duplicateStatus: 412,
  unknownSetStatus: 404,
  pageLimit: 5000,
  restoredRow: 'row-and-deletion',
  batchThrottling: 'whole',
}
