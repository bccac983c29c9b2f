export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global'

/** What a role grants: privileges with their depths, or everything. */
export type Grants = 'everything' | ReadonlyMap<string, Depth>

/** Who does something, with what they may do. */
export interface Caller {
  readonly userId: string
  readonly businessUnitId: string
  readonly teamIds: readonly string[]
  /** The application user who really calls when it acts for somebody else. */
  readonly onBehalfOf?: string
  /** How deep a privilege such as `prvReadContact` reaches; nothing when it is not held. */
  depth(privilege: string): Depth | undefined
}
