import type { EntityDefinition, OpportunitiesDefinition, SyncDefinition } from './definition.ts'

/** An entity of a definition whose defaults are not filled in yet. */
export type WrittenEntity = Pick<EntityDefinition, 'direction' | 'fields'> &
  Partial<Omit<EntityDefinition, 'deleted'>> & { readonly deleted?: Partial<EntityDefinition['deleted']> }

/**
 * A definition as people and forms write it as JSON: what has a default may be left out. `defineSync` says the
 * same with types that know the schema.
 */
export type WrittenDefinition = Partial<
  Omit<SyncDefinition, 'leads' | 'contacts' | 'accounts' | 'opportunities' | 'optOut' | 'initialSync'>
> & {
  readonly leads?: WrittenEntity
  readonly contacts?: WrittenEntity
  readonly accounts?: WrittenEntity
  readonly opportunities?: Pick<OpportunitiesDefinition, 'object' | 'fields'> &
    Partial<OpportunitiesDefinition>
  readonly optOut?: Partial<SyncDefinition['optOut']>
  readonly initialSync?: Partial<SyncDefinition['initialSync']>
}
