/** Parameters of a transform, as JSON. */
export type TransformParameters = Readonly<Record<string, string | number | boolean>>

/** Why a text cannot be transformed; the field is held with this message. */
export interface TransformRefusal {
  readonly refused: string
}

/** One direction of a transform: text to text, or a refusal. It must not throw. */
export type TransformStep = (text: string, parameters: TransformParameters) => string | TransformRefusal

/**
 * A named change of a value between the two services. It works on the value as ActiveCampaign writes it, as
 * text. A transform with one direction makes its mapping one-way.
 *
 * Law, tested for the built-in ones: with both directions, `toActiveCampaign(toDynamics(x))` is `x` for every
 * `x` that `toActiveCampaign` gives.
 */
export interface Transform {
  /** What it does, for people. */
  readonly description: string
  /**
   * Of a host's own: count it up when the transform does something else. It is part of the definition's hash, so that what
   * was planned with the old one is not applied, and everything is compared anew. Default: 1.
   */
  readonly version?: number
  readonly toActiveCampaign?: TransformStep
  readonly toDynamics?: TransformStep
  /** What an empty column is sent as. It fills an empty field, and overwrites nothing unless the mapping says `blank: 'clear'`. */
  readonly whenBlank?: (parameters: TransformParameters) => string
  /** Names of the parameters it needs, with an example of each. */
  readonly parameters?: TransformParameters
}

/** Transforms of the host, by name. A name of a built-in transform cannot be taken. */
export interface Registry {
  readonly transforms: Readonly<Record<string, Transform>>
}
