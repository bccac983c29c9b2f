/** Something that happened to a contact: the stuff of its activity feed. */
export interface Happening {
  readonly id: string
  readonly atMs: number
  /** `reference_type`, such as `Log` (a campaign was sent) or `LinkData` (an open or a click). */
  readonly type: string
  readonly action: string
  /** `reference.type`: the side-load the reference is found in. */
  readonly model: string
  readonly referenceId: string
}
