import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'

/** Where the reading of tags stands: whose carriers are being listed, and the last one that was. */
export interface TagPlace {
  readonly tag: string
  readonly continuationToken: string
}

const name = 'activecampaign/contacts/tags'

export const tagPlace = async ({ cursors }: StateTransaction): Promise<TagPlace | null> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? null : fromText<TagPlace>(text)
}

export const saveTagPlace = ({ cursors }: StateTransaction, place: TagPlace): Promise<void> =>
  cursors.set(name, JSON.stringify(place))

export const clearTagPlace = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')
