import type { CompiledDefinition, EntityName } from '@dynacamp/mapping-dsl'

/** Entities for whose contacts automations of ActiveCampaign are held back where its API can: in bulk import, and nowhere else. */
export const heldBack = ({
  definition,
  initial,
}: {
  readonly definition: Pick<CompiledDefinition, 'initialSync'>
  readonly initial: ReadonlySet<EntityName>
}): readonly EntityName[] => (definition.initialSync.automations === 'holdBack' ? [...initial] : [])
