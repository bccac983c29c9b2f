import { isHttpError } from '@dynacamp/http'
import type { EntityName } from '@dynacamp/mapping-dsl'
import { codeOfFailure, concernsOneEntity } from '../apply/classify.ts'
import { explainActiveCampaign, explainDynamics } from '../connection/explain-failure.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import { fromText } from '../state/json.ts'
import type { Side } from '../state/kinds.ts'
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
    has: (entity) => isUnread(entity) || (hangsOn[entity] ?? []).some(isUnread),
    all: () => [...found.values()],
  }
}

const permission =
  'Give the user of the key the permission to see them: ActiveCampaign, Settings, Users and groups.'

const remedyFor = (side: Side, error: unknown): string =>
  (side === 'dynamics' ? explainDynamics(error) : explainActiveCampaign(permission)(error)).remedy

/** What an error of a reading says about this entity; undefined where it concerns more than that, or may pass. */
const troubleOf = (entity: EntityName, side: Side, error: unknown): ReadTrouble | undefined => {
  if (error instanceof MissingFieldError) {
    const { code, message, fields } = error
    const remedy = `Make ${fields.join(', ')} in ActiveCampaign, or take the mapping out of the definition.`
    return { entity, side, code, message, remedy }
  }
  if (!isHttpError(error) || !concernsOneEntity(error)) return undefined
  return { entity, side, code: codeOfFailure(error), message: error.message, remedy: remedyFor(side, error) }
}

/**
 * Reads what belongs to one entity; says whether it could. What was known of it stays as it is where it could not.
 *
 * @param unread - Is told why it could not; without it, the error is thrown.
 */
export const readOrNote = async (
  unread: Unread | undefined,
  { entity, side }: Pick<ReadTrouble, 'entity' | 'side'>,
  read: () => Promise<void>,
): Promise<boolean> => {
  try {
    await read()
    return true
  } catch (error) {
    const trouble = unread && troubleOf(entity, side, error)
    if (trouble === undefined) throw error
    unread?.note(trouble)
    return false
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
