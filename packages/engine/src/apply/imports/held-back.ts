import type { Action } from '@dynacamp/core'
import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'

interface Context {
  readonly definition: Pick<CompiledDefinition, 'initialSync'>
  readonly initial: ReadonlySet<EntityName>
  readonly late?: ReadonlySet<string>
}

const holds = ({ definition }: Pick<Context, 'definition'>): boolean =>
  definition.initialSync.automations === 'holdBack'

/** Entities for whose contacts automations of ActiveCampaign are held back where its API can: in bulk import, and nowhere else. */
export const heldBack = (context: Context): readonly EntityName[] =>
  holds(context) ? [...context.initial] : []

/** Actions of other entities for which they are held back all the same. */
export const heldBackLate = (context: Omit<Context, 'initial'>): ReadonlySet<string> =>
  (holds(context) && context.late) || new Set()

/** Whether automations are held back for an action. */
export const isHeldBack = (context: Context, { id, entity }: Action): boolean =>
  heldBack(context).includes(entity) || heldBackLate(context).has(id)
