import { parseWhere } from '../criteria/parse-where.ts'
import { toSentence } from '../criteria/sentence.ts'
import { type EntityDefinition, entityOf, type SyncDefinition } from '../definition/definition.ts'
import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import { canonicalJson } from '../json/canonical.ts'
import { type EntityName, entityNames } from '../schema/entity.ts'
import { columnsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { guardWords, initialSyncWords, optionWords, optOutWords, scheduleWords } from './setting-words.ts'

/** What an edit does: data starts to move, stops, moves in more or in fewer cases, or otherwise. */
export type ChangeEffect = 'starts' | 'stops' | 'widens' | 'narrows' | 'changes'

/** One thing that is different after an edit. */
export interface DefinitionChange {
  readonly effect: ChangeEffect
  /** Where, such as `contacts.fields.jobtitle:POSITION`. */
  readonly path: string
  readonly message: string
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

const mappingOptions = [
  'conflict',
  'blank',
  'sensitive',
  'choices',
  'via',
  'as',
  'currency',
  'required',
] as const satisfies readonly (keyof typeof optionWords)[]

const change = (effect: ChangeEffect, path: string, message: string): DefinitionChange => ({
  effect,
  path,
  message,
})

const keyOf = ({ dynamics, activeCampaign }: FieldMapping): string => `${dynamics}:${activeCampaign}`

const directionChange = (path: string, before: Direction, after: Direction): readonly DefinitionChange[] => {
  if (before === after) return []
  const effect = after === 'bidirectional' ? 'widens' : before === 'bidirectional' ? 'narrows' : 'changes'
  return [change(effect, path, `flows ${after}, was ${before}`)]
}

const optionChanges = (at: string, was: FieldMapping, is: FieldMapping): readonly DefinitionChange[] =>
  mappingOptions
    .filter((option) => !same(was[option], is[option]))
    .map((option) =>
      change('changes', `${at}.${option}`, `${optionWords[option](is)}; was: ${optionWords[option](was)}`),
    )

const fieldChanges = (
  path: string,
  before: EntityDefinition,
  after: EntityDefinition,
): readonly DefinitionChange[] => {
  const old = new Map(before.fields.map((mapping) => [keyOf(mapping), mapping]))
  const now = new Map(after.fields.map((mapping) => [keyOf(mapping), mapping]))
  const isOn = (mapping: FieldMapping | undefined): mapping is FieldMapping =>
    mapping !== undefined && mapping.enabled !== false
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    const at = `${path}.fields.${key}`
    if (!isOn(was))
      return isOn(is) ? [change('starts', at, `${is.dynamics} and ${is.activeCampaign} start to sync`)] : []
    if (!isOn(is)) return [change('stops', at, `${was.dynamics} and ${was.activeCampaign} stop syncing`)]
    const moved = directionChange(
      `${at}.direction`,
      was.direction ?? before.direction,
      is.direction ?? after.direction,
    )
    return [...moved, ...optionChanges(at, was, is)]
  })
}

const scopeChange = (
  name: EntityName,
  before: EntityDefinition,
  after: EntityDefinition,
  schema: Schema,
): readonly DefinitionChange[] => {
  if (same(before.scope, after.scope)) return []
  const columns = columnsFor(schema, name)
  const sentence = (entity: EntityDefinition): string =>
    toSentence(name, parseWhere(entity.scope, columns, '').criterion, columns)
  const effect =
    Object.keys(after.scope).length === 0
      ? 'widens'
      : Object.keys(before.scope).length === 0
        ? 'narrows'
        : 'changes'
  return [change(effect, `${name}.scope`, `syncs ${sentence(after)}; was ${sentence(before)}`)]
}

const creation = ['never', 'tagged', 'all']

const policyChanges = (
  path: string,
  before: EntityDefinition,
  after: EntityDefinition,
): readonly DefinitionChange[] => {
  const created =
    before.createInDynamics === after.createInDynamics
      ? []
      : [
          change(
            creation.indexOf(after.createInDynamics) > creation.indexOf(before.createInDynamics)
              ? 'widens'
              : 'narrows',
            `${path}.createInDynamics`,
            `creates rows in Dynamics 365: ${after.createInDynamics}, was ${before.createInDynamics}`,
          ),
        ]
  const others = (['inboundScope', 'match', 'sharedEmail', 'leaving', 'deleted'] as const)
    .filter((policy) => !same(before[policy], after[policy]))
    .map((policy) =>
      change(
        'changes',
        `${path}.${policy}`,
        `is ${JSON.stringify(after[policy])}, was ${JSON.stringify(before[policy])}`,
      ),
    )
  return [...created, ...others]
}

const isOn = (entity: EntityDefinition | undefined): entity is EntityDefinition => entity?.enabled === true

const entityChanges = (
  name: EntityName,
  before: EntityDefinition | undefined,
  after: EntityDefinition | undefined,
  schema: Schema,
): readonly DefinitionChange[] => {
  if (!isOn(before))
    return isOn(after) ? [change('starts', name, `${name} start to sync, ${after.direction}`)] : []
  if (!isOn(after)) return [change('stops', name, `${name} stop syncing; nothing is deleted`)]
  return [
    ...directionChange(`${name}.direction`, before.direction, after.direction),
    ...scopeChange(name, before, after, schema),
    ...fieldChanges(name, before, after),
    ...policyChanges(name, before, after),
  ]
}

const wholeSettings = [
  'sharedContact',
  'blank',
  'optOut',
  'tags',
  'initialSync',
  'guards',
  'schedule',
] as const

type WholeSetting = (typeof wholeSettings)[number]

const wholeWords = {
  sharedContact: ({ sharedContact }) =>
    `for a person who is a lead and a contact, the ${sharedContact} speaks`,
  blank: ({ blank }) => `empty values: ${blank}`,
  optOut: ({ optOut }) => optOutWords(optOut),
  tags: ({ tags }) => `tags of ActiveCampaign’s own app are ${tags.write ? 'read and written' : 'read only'}`,
  initialSync: ({ initialSync }) => initialSyncWords(initialSync),
  guards: ({ guards }) => guardWords(guards),
  schedule: ({ schedule }) => `runs ${scheduleWords(schedule)}`,
} as const satisfies Record<WholeSetting, (definition: SyncDefinition) => string>

/** Writing tags, automations and following opt-outs can be off; the other settings only differ. */
const effectOf = (setting: WholeSetting, before: SyncDefinition, after: SyncDefinition): ChangeEffect => {
  if (setting === 'tags') return after.tags.write ? 'starts' : 'stops'
  if (setting === 'initialSync') return after.initialSync.automations === 'start' ? 'starts' : 'stops'
  if (setting !== 'optOut') return 'changes'
  const [was, is] = [before.optOut.direction, after.optOut.direction]
  return was === 'off' ? 'starts' : is === 'off' ? 'stops' : 'changes'
}

/**
 * Says what an edit of a definition does, in the words of its effect: what starts, stops, widens. Read it to a
 * person before the new definition is saved.
 *
 * @example
 * ```ts
 * import { defineSync, diffDefinitions, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const contacts = { direction: 'outbound', fields: [...standardMappings.contacts] } as const
 * const before = defineSync(standardSchema, { contacts: { ...contacts, enabled: false } })
 * const after = defineSync(standardSchema, { contacts })
 * for (const { effect, message } of diffDefinitions(before, after, standardSchema)) console.log(effect, message)
 * ```
 */
export const diffDefinitions = (
  before: SyncDefinition,
  after: SyncDefinition,
  schema: Schema,
): readonly DefinitionChange[] => [
  ...entityNames.flatMap((name) =>
    entityChanges(name, entityOf(before, name), entityOf(after, name), schema),
  ),
  ...wholeSettings
    .filter((setting) => !same(before[setting], after[setting]))
    .map((setting) =>
      change(
        effectOf(setting, before, after),
        setting,
        `${wholeWords[setting](after)}; was: ${wholeWords[setting](before)}`,
      ),
    ),
]
