import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { contactKind } from './contact-record.ts'
import { generationOf, nextGeneration } from './generation.ts'
import { beginFieldsAnew } from './read-custom-fields.ts'
import { forgetWatermark, knownWhenBegun, readFrom, readWatermark } from './watermark.ts'

/** Where a reading of the list of contacts stands. */
export interface Place {
  /** Contacts that changed after this are read; null where all are. */
  readonly since: string | null
  /** When the reading began: ISO 8601. */
  readonly startedAt: string
  /** The latest change seen, or known when it began. */
  readonly newest: string | null
  /** The last contact that was listed; null before the first. */
  readonly afterId: string | null
  readonly done: number
  /** Reads what changed during a reading that was interrupted. */
  readonly catchesUp?: boolean
}

const name = 'activecampaign/contacts/page'

export const savePlace = ({ cursors }: StateTransaction, place: Place): Promise<void> =>
  cursors.set(name, JSON.stringify(place))

/** The reading has ended, or has to begin anew. */
export const clearPlace = ({ cursors }: StateTransaction): Promise<void> => cursors.set(name, '')

/** Whether a reading was interrupted: contacts that it has listed may lack their custom fields and tags. */
export const isReadingContacts = async ({ cursors }: StateTransaction): Promise<boolean> =>
  ((await cursors.get(name)) ?? '') !== ''

/** Forgets how far contacts were read: the next reading reads everything. */
export const beginContactsAnew = async (state: StateTransaction): Promise<void> => {
  await forgetWatermark(state)
  await clearPlace(state)
  await beginFieldsAnew(state)
}

/** Begins a reading, or finds the place of one that was interrupted. */
export const openPlace = async (
  state: StateTransaction,
  nowMs: number,
  catchesUp = false,
): Promise<{ readonly place: Place; readonly generation: number; readonly resumed: boolean }> => {
  const text = await state.cursors.get(name)
  if (text !== null && text !== '') {
    return { place: fromText<Place>(text), generation: await generationOf(state, contactKind), resumed: true }
  }
  const watermark = await readWatermark(state)
  const since = watermark && readFrom(watermark, nowMs)
  const place = {
    since,
    startedAt: new Date(nowMs).toISOString(),
    newest: watermark && knownWhenBegun(watermark, nowMs),
    afterId: null,
    done: 0,
    catchesUp,
  }
  const generation = await (since === null
    ? nextGeneration(state, contactKind)
    : generationOf(state, contactKind))
  return { place, generation, resumed: false }
}
