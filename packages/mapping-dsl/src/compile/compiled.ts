import type { Conversion } from '../codec/conversion.ts'
import type { Fields } from '../codec/value.ts'
import type { ActiveCampaignCriteria, DynamicsCriteria } from '../criteria/compile-criteria.ts'
import type {
  CreateInDynamics,
  EntityDefinition,
  EveryHours,
  Guards,
  InitialSync,
  LeavingPolicy,
  OptOutDefinition,
  SharedEmailPolicy,
} from '../definition/definition.ts'
import type { BlankPolicy, ConflictPolicy, Direction } from '../definition/field-mapping.ts'
import type { EntityName } from '../schema/entity.ts'
import type { Field } from '../schema/field.ts'
import type { Currencies } from './read-row.ts'

/** One mapped pair of fields, ready to use: settings filled in, conversions built. */
export interface CompiledField extends Conversion {
  /** Unique in its entity and stable, such as `emailaddress1:email`. */
  readonly key: string
  readonly dynamics: string
  readonly activeCampaign: string
  readonly direction: Direction
  readonly conflict: ConflictPolicy
  readonly blank: BlankPolicy
  readonly sensitive: boolean
}

/**
 * A lookup that is mapped to a record of another entity, such as a contact's account. Its two values are ids, each of its
 * own service; whether they mean the same record is told by links.
 */
export interface CompiledRelation {
  /** Unique in its entity and stable, such as `parentcustomerid:account`. */
  readonly key: string
  /** The lookup's logical name. */
  readonly lookup: string
  /** Where a row has the id: `_parentcustomerid_value`. */
  readonly dynamics: string
  /** Where a row says which table that id is of; `undefined` for a lookup that has one table only. */
  readonly table: string | undefined
  /** The navigation property that writes go through: `parentcustomerid_account`. */
  readonly navigation: string
  /** Where an ActiveCampaign record has the id: `account`. */
  readonly activeCampaign: string
  /** The entity it refers to. */
  readonly entity: EntityName
  readonly direction: Direction
  readonly conflict: ConflictPolicy
  readonly blank: BlankPolicy
  readonly sensitive: boolean
}

/** A way to recognise that two records are the same: equal keys match, `undefined` matches nothing. */
export interface MatchRule {
  readonly dynamics: string
  readonly activeCampaign: string
  dynamicsKey(fields: Fields): string | undefined
  activeCampaignKey(fields: Fields): string | undefined
}

/** The custom object that opportunities flow to. */
export interface CompiledObject {
  readonly slug: string
  /** Fields that the object must have; a field that is switched off stays among them. */
  readonly fields: readonly {
    readonly id: string
    readonly field: Field
    readonly required: boolean
    /** Digits after the point of a number, as the column has them; null for other types. */
    readonly scale: number | null
  }[]
}

/** One entity, ready to use. */
export interface CompiledEntity {
  readonly entity: EntityName
  readonly direction: Direction
  readonly fields: readonly CompiledField[]
  /** ActiveCampaign's fields to read: those of the fields, and those that say which contacts may become rows. */
  readonly fieldsRead: readonly string[]
  /** Columns to `$select`: those of the fields, the scope and the match rules. */
  readonly columns: readonly string[]
  /** What rows must be asked for with, besides columns: labels that people see, and the tables that lookups refer to. */
  readonly annotations: { readonly formattedValues: boolean; readonly lookupTables: boolean }
  /**
   * The values of those columns in a row of the Dataverse Web API. An amount that is mapped to a field in one currency
   * has its own beside it, such as `12.5 EUR`.
   *
   * @param currencies Needed where `readsCurrencies`: without it such amounts are held.
   */
  readRow(row: Readonly<Record<string, unknown>>, currencies?: Currencies): Fields
  /** The body that writes these values to a row; the inverse of `readRow` for what mappings write. */
  writeRow(fields: Fields): Fields
  /** Whether reading a row takes the ISO codes of the environment's currencies. */
  readonly readsCurrencies: boolean
  /**
   * Whether a D365 row belongs to the sync, by its wire values.
   *
   * @throws ClockMissingError when `scope.dependsOnTime` and no time is given.
   */
  inScope(fields: Fields, nowMs?: number): boolean
  /** The scope in English. */
  readonly scopeSentence: string
  /** The scope's other readings. */
  readonly scope: DynamicsCriteria
  readonly createInDynamics: CreateInDynamics
  /**
   * Which contacts may become rows when `createInDynamics` is `all`. Tests fields, and `tags`, `lists` and
   * `status` as lists of names.
   */
  readonly inboundScope: ActiveCampaignCriteria
  /** In order; the first is the e-mail address, for accounts the name. */
  readonly match: readonly MatchRule[]
  readonly sharedEmail: SharedEmailPolicy
  readonly leaving: LeavingPolicy
  readonly deleted: EntityDefinition['deleted']
  /** The contact's account. It is no field: it is kept by links of accounts, and only while accounts are in sync. */
  readonly accountRelation: CompiledRelation | undefined
  /** Opportunities only. */
  readonly object: CompiledObject | undefined
}

/** A definition, ready to use: frozen, nothing is interpreted per record. */
export interface CompiledDefinition {
  /** Names the definition, without its schedule, and the types it was compiled with: equal hashes plan alike. */
  readonly hash: string
  /** The same without the guards and the initial sync: what decides how records are read and compared. Another one makes a run read everything again. */
  readonly recordsHash: string
  /** Those that are switched on. */
  readonly entities: readonly CompiledEntity[]
  readonly sharedContact: 'contact' | 'lead'
  readonly optOut: OptOutDefinition
  readonly tags: { readonly write: boolean }
  readonly initialSync: InitialSync
  readonly guards: Guards
  readonly schedule: { readonly everyHours: EveryHours }
}
