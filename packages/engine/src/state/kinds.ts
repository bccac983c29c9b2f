/** The two services a record can live in. */
export type Side = 'dynamics' | 'activeCampaign'

/** A kind of record in one service: `contacts` of ActiveCampaign, `leads` of D365. */
export interface RecordKind {
  readonly side: Side
  readonly entity: string
}

/** One record of one service. */
export interface RecordName extends RecordKind {
  readonly id: string
}

/** A stretch of a list: those after the one that `after` names, `limit` of them at most. `after` null: from the start. */
export interface Page {
  readonly after: string | null
  readonly limit: number
}
