import type { MoveLink } from '@dynacamp/core'
import { inState } from '../../context.ts'
import { endOf } from '../../state/ends.ts'
import type { ApplyContext } from '../apply-context.ts'
import type { Execution } from '../outcome.ts'

/** No call: the state gives the link to another row, or another contact, if it still is where the plan saw it. */
export const moveLink = async (
  context: ApplyContext,
  { from, dynamicsId, activeCampaignId }: MoveLink,
): Promise<Execution> => {
  const links = await inState(context, (state) =>
    state.links.of(endOf(from.entity, 'dynamics'), [from.dynamicsId]),
  )
  const there = links.some((link) => link.id === from.id && link.activeCampaignId === from.activeCampaignId)
  if (!there) {
    const message = 'The link that this one takes over has changed since the plan.'
    return { status: 'stale', code: 'link-changed', message }
  }
  return { status: 'done', records: [], link: { dynamicsId, activeCampaignId } }
}
