import type { EntityName } from '@dynacamp/mapping-dsl'
import { linkEntities } from '../state/ends.ts'
import { fromText } from '../state/json.ts'
import type { RecordKind, Side } from '../state/kinds.ts'
import type { StateTransaction } from '../state/state-store.ts'

/** A service refuses to have the records of one entity read: a missing privilege, a table or a mapped field that is not there. */
export interface ReadTrouble {
  readonly entity: EntityName
  /** The service that refuses. */
  readonly side: Side
  /** The service's own code where it has one; `missing-field` for a mapped custom field of accounts. */
  readonly code: string
  /** What it answered, in one sentence. */
  readonly message: string
  /** What to do about it, in one sentence. */
  readonly remedy: string
}

/** What a run cannot read, and so leaves alone while everything else goes on. */
export interface Unread {
  note(trouble: ReadTrouble): void
  /** Whether an entity is left alone: it, or one that it hangs on, could not be read. */
  has(entity: string): boolean
  /**
   * Whether records of this kind could not be read: nor are they read one by one, as some of what they hold may not be known, and
   * would look blank.
   */
  covers(kind: RecordKind): boolean
  readonly all: () => readonly ReadTrouble[]
}

/** Opportunities are shown on people: whose contact it is by now, nobody knows. */
const hangsOn: Readonly<Record<string, readonly EntityName[]>> = { opportunities: ['contacts', 'leads'] }

export const openUnread = (): Unread => {
  const found = new Map<string, ReadTrouble>()
  const isUnread = (name: string): boolean => [...found.values()].some(({ entity }) => entity === name)
  return {
    note(trouble) {
      found.set(`${trouble.entity} ${trouble.side}`, trouble)
    },
    covers: (kind) =>
      [...found.values()].some(
        ({ entity, side }) => side === kind.side && linkEntities(kind).includes(entity),
      ),
    has: (entity) => isUnread(entity) || (hangsOn[entity] ?? []).some(isUnread),
    all: () => [...found.values()],
  }
}

const name = 'reading/unread'

/** What the last complete reading could not read. */
export const unreadBefore = async ({ cursors }: StateTransaction): Promise<readonly ReadTrouble[]> => {
  const text = await cursors.get(name)
  return text === null || text === '' ? [] : fromText<readonly ReadTrouble[]>(text)
}

export const rememberUnread = async (
  state: StateTransaction,
  troubles: readonly ReadTrouble[],
): Promise<void> => {
  if (troubles.length === 0 && (await unreadBefore(state)).length === 0) return
  await state.cursors.set(name, troubles.length === 0 ? '' : JSON.stringify(troubles))
}

/** Leaves alone what the last complete reading could not read: where nothing is read anew. */
export const noteUnreadBefore = async (state: StateTransaction, unread: Unread): Promise<void> => {
  for (const trouble of await unreadBefore(state)) unread.note(trouble)
}
