import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ApplyContext } from './apply-context.ts'

/** Ids of tags by name, looked up once per application of a plan. */
const known = new WeakMap<ApplyContext, Map<string, Promise<string>>>()

const find = async ({ activeCampaign, signal }: ApplyContext, name: string): Promise<string | undefined> => {
  const found = await activeCampaign.tags.search(name, signal ? { signal } : undefined).toArray()
  return found.find(({ tag }) => tag === name)?.id
}

const findOrMake = async (context: ApplyContext, name: string): Promise<string> => {
  const { activeCampaign, signal } = context
  const found = await find(context, name)
  if (found !== undefined) return found
  try {
    return (await activeCampaign.tags.create({ tag: name }, signal ? { signal } : undefined)).id
  } catch (error) {
    // Somebody else made it meanwhile, or an earlier attempt whose answer was lost.
    const made = isActiveCampaignError(error) ? await find(context, name) : undefined
    if (made === undefined) throw error
    return made
  }
}

const tagIdOf = (context: ApplyContext, name: string): Promise<string> => {
  const ids = known.get(context) ?? new Map<string, Promise<string>>()
  known.set(context, ids)
  const id = ids.get(name) ?? findOrMake(context, name)
  ids.set(name, id)
  // A failed look-up must not fail the actions after it.
  id.catch(() => ids.delete(name))
  return id
}

/** Puts tags on a contact, one call each. A tag that is there already stays, so repeating is safe. */
export const addTags = async (
  context: ApplyContext,
  contact: string,
  names: readonly string[],
): Promise<void> => {
  const { activeCampaign, signal } = context
  for (const name of names) {
    const tag = await tagIdOf(context, name)
    await activeCampaign.contactTags.add({ contact, tag }, signal ? { signal } : undefined)
  }
}
