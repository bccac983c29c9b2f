import type { CompiledEntity } from '@dynacamp/mapping-dsl'
import type { ApplyContext } from '../apply-context.ts'

const matchesByEmail = ({ match }: CompiledEntity): boolean =>
  match.some(({ activeCampaign }) => activeCampaign === 'email')

/**
 * From how many contacts on bulk import is used; undefined: from as many as pay. Import makes or overwrites whoever has the
 * e-mail, so it is not used where the state cannot say who that is.
 */
export const importFrom = ({ definition }: ApplyContext): number | undefined => {
  const people = definition.entities.filter(({ entity }) => entity === 'contacts' || entity === 'leads')
  return people.every(matchesByEmail) ? undefined : Number.POSITIVE_INFINITY
}
