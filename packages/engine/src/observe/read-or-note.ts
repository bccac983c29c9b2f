import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import { isHttpError } from '@dynacamp/http'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'
import { codeOfFailure, concernsOneEntity } from '../apply/classify.ts'
import { explainActiveCampaign, explainDynamics } from '../connection/explain-failure.ts'
import { inState, type SyncContext } from '../context.ts'
import { MissingFieldError } from '../errors/missing-field-error.ts'
import type { Side } from '../state/kinds.ts'
import { type ReadTrouble, rememberUnread, type Unread } from './unread.ts'

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

/** What is read, and of which entities of the definition. */
type ReadPart = Pick<ReadTrouble, 'side'> & { readonly entities: readonly EntityName[] }

/**
 * The people of a definition, who are contacts of ActiveCampaign all of them: what cannot be read of contacts, be it their lists or their
 * custom fields, is not known of any.
 */
export const peopleIn = ({ entities }: Pick<CompiledDefinition, 'entities'>): ReadPart => ({
  side: 'activeCampaign',
  entities: entities.map(({ entity }) => entity).filter((name) => name === 'contacts' || name === 'leads'),
})

/** A wrong key of ActiveCampaign is answered like a missing permission, but to every call. */
const isKeyRefused = async (
  { activeCampaign, signal }: Pick<SyncContext, 'activeCampaign' | 'signal'>,
  error: unknown,
): Promise<boolean> => {
  if (!isActiveCampaignError(error) || error.code !== 'forbidden') return false
  return activeCampaign.me(signal ? { signal } : {}).then(
    () => false,
    (met: unknown) => {
      if (isHttpError(met)) return true
      throw met
    },
  )
}

/**
 * Reads what belongs to some entities, unless it is known that it cannot. What was known of them stays as it is where it could not.
 *
 * @param unread - Is told why it could not; without it, the error is thrown.
 * @returns what was read; undefined where it could not be.
 */
export const tryRead = async <Result>(
  context: Pick<SyncContext, 'activeCampaign' | 'signal'>,
  unread: Unread | undefined,
  { entities, side }: ReadPart,
  read: () => Promise<Result>,
): Promise<Result | undefined> => {
  if (entities.some((entity) => unread?.covers({ side, entity }))) return undefined
  try {
    return await read()
  } catch (error) {
    const troubles = entities.flatMap((entity) => troubleOf(entity, side, error) ?? [])
    if (unread === undefined || troubles.length === 0 || (await isKeyRefused(context, error))) throw error
    for (const trouble of troubles) unread.note(trouble)
    return undefined
  }
}

/** The same, where it is not told what was read; says whether it could be. */
export const readOrNote = async (
  context: Pick<SyncContext, 'activeCampaign' | 'signal'>,
  unread: Unread | undefined,
  part: ReadPart,
  read: () => Promise<void>,
): Promise<boolean> => {
  const done = await tryRead(context, unread, part, async () => {
    await read()
    return true
  })
  return done === true
}

/** The same after the reading of both sides: what cannot be read then is remembered at once, as is what that reading could not read. */
export const readLateOrNote = async <Result>(
  context: SyncContext,
  part: ReadPart,
  read: () => Promise<Result>,
): Promise<Result | undefined> => {
  const { unread } = context
  const before = unread.all().length
  const found = await tryRead(context, unread, part, read)
  if (unread.all().length > before) await inState(context, (state) => rememberUnread(state, unread.all()))
  return found
}
