import type { CheckOptions } from '../check/check-context.ts'
import { checkDefinition } from '../check/check-definition.ts'
import { InvalidDefinitionError } from '../check/invalid-definition-error.ts'
import type { contactSubjects } from '../criteria/subjects.ts'
import type { Where } from '../criteria/where.ts'
import { deepFreeze } from '../json/freeze.ts'
import type { EntityName } from '../schema/entity.ts'
import type { Schema } from '../schema/schema.ts'
import type { CheckMapping, CheckObjectMapping, ColumnsFor, FieldsFor, MappingError } from './check-types.ts'
import type {
  CreateInDynamics,
  DeletedInActiveCampaignPolicy,
  DeletedInDynamicsPolicy,
  EveryHours,
  Guards,
  InitialSync,
  LeavingPolicy,
  OptOutDefinition,
  PeopleEntity,
  SharedEmailPolicy,
  SyncDefinition,
} from './definition.ts'
import type { BlankPolicy, Direction } from './field-mapping.ts'

/** The schema's own names first, so that an editor offers them; any other text is refused with a reason later. */
type Named<Names> = (keyof Names & string) | (string & Record<never, never>)

type Mappings<S extends Schema, E extends EntityName> = readonly {
  readonly dynamics: Named<ColumnsFor<S, E>>
  readonly activeCampaign: Named<FieldsFor<S, E>>
}[]

/**
 * Matches no array: it is there for the editor, which after a spread such as `...standardMappings.contacts` would
 * otherwise offer only the names that were spread.
 */
type Offered<S extends Schema, E extends EntityName> = Mappings<S, E> & { readonly offered: never }

/** Asks for nothing when every mapping makes sense, else for a property that no list has: the compiler prints all reasons. */
type Sound<Checked> = [ReasonOf<Checked>] extends [never] ? unknown : MappingError<ReasonOf<Checked>>

type ReasonOf<Checked> = Checked extends MappingError<infer Reason> ? Reason : never

type Checked<
  S extends Schema,
  E extends EntityName,
  D extends Direction,
  F extends readonly unknown[],
> = Sound<{ readonly [K in keyof F]: CheckMapping<S, E, D, F[K]> }[number]>

/** Leads, contacts or accounts, as they are written. */
export interface EntityInput<
  S extends Schema,
  E extends PeopleEntity,
  D extends Direction,
  F extends Mappings<S, E>,
> {
  /** Default: `true`. Off: none of its data moves; its settings stay. */
  readonly enabled?: boolean
  /** `outbound` is from D365 to ActiveCampaign. */
  readonly direction: D
  /** Which rows of D365 belong to the sync. Default: all. */
  readonly scope?: Where<ColumnsFor<S, E>>
  readonly fields: (F & Checked<S, E, D, F>) | Offered<S, E>
  /** Default: `never`. */
  readonly createInDynamics?: CreateInDynamics
  /** Which records of ActiveCampaign may become rows, when `createInDynamics` is `all`. Default: all. */
  readonly inboundScope?: Where<
    E extends 'accounts' ? FieldsFor<S, E> : FieldsFor<S, E> & typeof contactSubjects
  >
  /** Default: by e-mail address; accounts by name. */
  readonly match?: Mappings<S, E>
  /** Default: `hold`. */
  readonly sharedEmail?: SharedEmailPolicy
  /** Default: `keep`. */
  readonly leaving?: LeavingPolicy
  /** Default: `keep` on both sides. */
  readonly deleted?: {
    readonly inDynamics?: DeletedInDynamicsPolicy
    readonly inActiveCampaign?: DeletedInActiveCampaignPolicy
  }
}

/** Opportunities, as they are written. They flow to ActiveCampaign only. */
export interface OpportunitiesInput<S extends Schema, F extends Mappings<S, 'opportunities'>> {
  readonly enabled?: boolean
  /** Slug of the custom object: small letters, digits and hyphens. Permanent once saved. */
  readonly object: string
  readonly scope?: Where<ColumnsFor<S, 'opportunities'>>
  /** At most 20, each with the type of its field (`as`). Permanent once saved. */
  readonly fields:
    | (F & Sound<{ readonly [K in keyof F]: CheckObjectMapping<S, F[K]> }[number]>)
    | Offered<S, 'opportunities'>
}

/** A definition, as it is written. What is left out has a default that never changes in this version. */
export interface SyncInput<
  S extends Schema,
  LD extends Direction,
  LF extends Mappings<S, 'leads'>,
  CD extends Direction,
  CF extends Mappings<S, 'contacts'>,
  AD extends Direction,
  AF extends Mappings<S, 'accounts'>,
  OF extends Mappings<S, 'opportunities'>,
> {
  readonly leads?: EntityInput<S, 'leads', LD, LF>
  readonly contacts?: EntityInput<S, 'contacts', CD, CF>
  readonly accounts?: EntityInput<S, 'accounts', AD, AF>
  readonly opportunities?: OpportunitiesInput<S, OF>
  /** Default: `contact`. */
  readonly sharedContact?: SyncDefinition['sharedContact']
  /** Default: `ignoreBlank`. */
  readonly blank?: BlankPolicy
  /** Default: opt-outs in `donotbulkemail` and on all lists follow each other; nobody is subscribed again. */
  readonly optOut?: Partial<Omit<OptOutDefinition, 'columns'>> & {
    readonly columns?: readonly Named<ColumnsFor<S, 'leads'> & ColumnsFor<S, 'contacts'>>[]
  }
  /** Default: tags of ActiveCampaign's own app are read, not written. */
  readonly tags?: { readonly write?: boolean }
  /** Default: automations of ActiveCampaign are held back. */
  readonly initialSync?: Partial<InitialSync>
  readonly guards?: Guards
  /** Default: every 4 hours. */
  readonly schedule?: { readonly everyHours?: EveryHours }
}

/**
 * Says what shall be in sync. A mapping that makes no sense in the schema does not compile; what the compiler
 * cannot see is checked when the function runs. The result is plain JSON, frozen, with every default written
 * out.
 *
 * @throws InvalidDefinitionError with every problem at once.
 *
 * @example
 * ```ts
 * import { defineSync, map, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * export const definition = defineSync(standardSchema, {
 *   contacts: {
 *     direction: 'bidirectional',
 *     scope: { statecode: 'Active', emailaddress1: { isSet: true } },
 *     fields: [...standardMappings.contacts],
 *   },
 *   opportunities: {
 *     object: 'd365-opportunity',
 *     fields: [map('name', 'name', { as: 'text', required: true })],
 *   },
 *   schedule: { everyHours: 4 },
 * })
 * ```
 */
export const defineSync = <
  S extends Schema,
  const LD extends Direction = never,
  const LF extends Mappings<S, 'leads'> = [],
  const CD extends Direction = never,
  const CF extends Mappings<S, 'contacts'> = [],
  const AD extends Direction = never,
  const AF extends Mappings<S, 'accounts'> = [],
  const OF extends Mappings<S, 'opportunities'> = [],
>(
  schema: S,
  definition: SyncInput<S, LD, LF, CD, CF, AD, AF, OF>,
  options: CheckOptions = {},
): SyncDefinition => {
  const checked = checkDefinition(definition, schema, options)
  if (!checked.ok) throw new InvalidDefinitionError(checked.diagnostics)
  return deepFreeze(checked.definition)
}
