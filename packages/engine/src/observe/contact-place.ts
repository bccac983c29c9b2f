import { fromText } from '../state/json.ts'
import type { StateTransaction } from '../state/state-store.ts'
import { contactKind } from './contact-record.ts'
import { generationOf, nextGeneration } from './generation.ts'
import { beginFieldsAnew } from './read-custom-fields.ts'
import { beginOptOutsAnew } from './read-opt-outs.ts'
import { clearTagPlace } from './tag-place.ts'
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
  /** Whether all were listed: what goes on is the reading of what belongs to them. */
  readonly listed: boolean
  /** Whether the lists of everybody who is off one, or whose lists were read before, are read. */
  readonly full: boolean
}

const name = 'activecampaign/contacts/page'

export const savePlace = ({ cursors }: StateTransaction, place: Place): Promise<void> =>
  cursors.set(name, JSON.stringify(place))

/** The reading has ended, or has to begin anew. */
export const clearPlace = async (state: StateTransaction): Promise<void> => {
  await state.cursors.set(name, '')
  await clearTagPlace(state)
}

/** Whether a reading was interrupted: contacts that it has listed may lack their custom fields and tags. */
export const isReadingContacts = async ({ cursors }: StateTransaction): Promise<boolean> =>
  ((await cursors.get(name)) ?? '') !== ''

/** Forgets how far contacts were read: the next reading reads everything. */
export const beginContactsAnew = async (state: StateTransaction): Promise<void> => {
  await forgetWatermark(state)
  await clearPlace(state)
  await beginFieldsAnew(state)
  await beginOptOutsAnew(state)
}

/** Begins a reading, or finds the place of one that was interrupted. */
export const openPlace = async (
  state: StateTransaction,
  nowMs: number,
  { full, catchesUp }: { readonly full: boolean; readonly catchesUp: boolean },
): Promise<{ readonly place: Place; readonly generation: number; readonly resumed: boolean }> => {
  const text = await state.cursors.get(name)
  if (text !== null && text !== '') {
    const place = fromText<Omit<Place, 'full'> & Partial<Pick<Place, 'full'>>>(text)
    return {
      // Versions before kept no `full`, and went on as they had begun.
      place: { ...place, full: full || (place.full ?? true) },
      generation: await generationOf(state, contactKind),
      resumed: true,
    }
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
    listed: false,
    full,
  }
  const generation = await (since === null
    ? nextGeneration(state, contactKind)
    : generationOf(state, contactKind))
  return { place, generation, resumed: false }
}
