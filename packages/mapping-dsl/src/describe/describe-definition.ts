import { parseWhere } from '../criteria/parse-where.ts'
import { toSentence } from '../criteria/sentence.ts'
import { inboundSubjects } from '../criteria/subjects.ts'
import { type EntityDefinition, entityOf, type SyncDefinition } from '../definition/definition.ts'
import type { Direction, FieldMapping } from '../definition/field-mapping.ts'
import { type EntityName, entityNames, placeOf } from '../schema/entity.ts'
import { columnsFor, fieldsFor } from '../schema/lookup.ts'
import type { Schema } from '../schema/schema.ts'
import { markdownTable } from './markdown-table.ts'
import { cell, code } from './markdown-text.ts'
import { guardWords, initialSyncWords, scheduleWords, transformWords } from './setting-words.ts'

const arrows = { bidirectional: '↔', outbound: '→', inbound: '←' } as const satisfies Record<
  Direction,
  string
>

const flows = {
  bidirectional: 'Flows both ways',
  outbound: 'Flows to ActiveCampaign',
  inbound: 'Flows to Dynamics 365',
} as const satisfies Record<Direction, string>

const remarks = (mapping: FieldMapping): string =>
  [
    mapping.conflict === undefined ? '' : `conflict: ${mapping.conflict}`,
    mapping.blank === undefined ? '' : `blank: ${mapping.blank}`,
    mapping.sensitive === true ? 'sensitive' : '',
    ...(mapping.via ?? []).map(transformWords),
    mapping.choices === undefined ? '' : `${Object.keys(mapping.choices).length} options by name`,
    mapping.as === undefined ? '' : ['as', mapping.as, mapping.currency].join(' ').trim(),
    mapping.required === true ? 'required' : '',
    mapping.enabled === false ? 'off' : '',
  ]
    .filter((text) => text !== '')
    .join(', ')

const row = (mapping: FieldMapping, entity: EntityDefinition): readonly string[] => [
  code(mapping.dynamics),
  arrows[mapping.direction ?? entity.direction],
  code(mapping.activeCampaign),
  cell(remarks(mapping)),
]

const policies = (name: EntityName, entity: EntityDefinition, schema: Schema): readonly string[] => {
  if (name === 'opportunities') return []
  const subjects = inboundSubjects(fieldsFor(schema, name), placeOf[name])
  const inbound = toSentence(placeOf[name], parseWhere(entity.inboundScope, subjects, '').criterion, subjects)
  const creates = {
    never: 'Nothing is created in Dynamics 365.',
    tagged: `A record of ActiveCampaign becomes one of the ${name} when a tag asks for it.`,
    all: `In Dynamics 365, ${name} are created from ${inbound}.`,
  } as const
  const pairs = entity.match.map(
    ({ dynamics, activeCampaign }) => `${code(dynamics)} and ${code(activeCampaign)}`,
  )
  const identity = name === 'accounts' ? 'name' : 'e-mail address'
  return [
    `Recognised by ${pairs.length === 0 ? `${identity} alone` : pairs.join(', then ')}.`,
    creates[entity.createInDynamics],
    `A row that leaves the scope: ${entity.leaving}. Deleted in Dynamics 365: ${entity.deleted.inDynamics}. Deleted in ActiveCampaign: ${entity.deleted.inActiveCampaign}.`,
    `Several rows with one ${identity}: ${entity.sharedEmail}.`,
  ]
}

const section = (
  name: EntityName,
  entity: EntityDefinition,
  definition: SyncDefinition,
  schema: Schema,
): string => {
  const columns = columnsFor(schema, name)
  const scope = toSentence(name, parseWhere(entity.scope, columns, '').criterion, columns)
  const target =
    name === 'opportunities'
      ? `, to records of ${code(definition.opportunities?.object ?? '')} on their contact`
      : ''
  return [
    `## ${name}${entity.enabled ? '' : ' (off)'}`,
    `${flows[entity.direction]}${target}: ${scope}.`,
    ...policies(name, entity, schema),
    markdownTable(
      ['Dynamics 365', '', 'ActiveCampaign', ''],
      entity.fields.map((field) => row(field, entity)),
    ),
  ].join('\n\n')
}

const places = {
  leads: 'contacts',
  contacts: 'contacts',
  accounts: 'accounts',
  opportunities: 'object',
} as const

const picture = (
  entities: readonly (readonly [EntityName, EntityDefinition])[],
  definition: SyncDefinition,
): string => {
  const edges = entities
    .filter(([, entity]) => entity.enabled)
    .map(([name, entity]) => {
      const label = name === 'opportunities' ? (definition.opportunities?.object ?? '') : places[name]
      const target = `ac_${places[name]}["${label.replaceAll(/[^\w -]/g, '')}"]`
      const source = `d365_${name}["${name}"]`
      if (entity.direction === 'inbound') return `  ${target} --> ${source}`
      return `  ${source} ${entity.direction === 'outbound' ? '-->' : '<-->'} ${target}`
    })
  return ['```mermaid', 'flowchart LR', ...edges, '```'].join('\n')
}

const optOuts = ({ optOut }: SyncDefinition): string =>
  optOut.direction === 'off'
    ? 'Opt-outs are not followed.'
    : `Opt-outs: ${arrows[optOut.direction]} between ${optOut.columns.map(code).join(', ')} and ${optOut.lists === 'all' ? 'all lists' : `the lists ${optOut.lists.map(code).join(', ')}`}. Opting out always wins; ${optOut.resubscribe === 'never' ? 'nobody is subscribed again' : 'people are subscribed again when Dynamics 365 allows e-mail again'}.`

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`

const sharedContact = ({ leads, contacts, sharedContact }: SyncDefinition): readonly string[] =>
  leads?.enabled === true && contacts?.enabled === true
    ? [`For a person who is a lead and a contact, the ${sharedContact} speaks.`]
    : []

/**
 * Renders a definition for people: Markdown, with a Mermaid picture of what flows where.
 *
 * @example
 * ```ts
 * import { defineSync, describeDefinition, standardMappings, standardSchema } from '@dynacamp/mapping-dsl'
 *
 * const definition = defineSync(standardSchema, {
 *   contacts: { direction: 'bidirectional', fields: [...standardMappings.contacts] },
 * })
 * console.log(describeDefinition(definition, standardSchema))
 * ```
 */
export const describeDefinition = (definition: SyncDefinition, schema: Schema): string => {
  const entities = entityNames.flatMap((name) => {
    const entity = entityOf(definition, name)
    return entity === undefined ? [] : [[name, entity] as const]
  })
  return [
    '# What is in sync',
    picture(entities, definition),
    `Runs ${scheduleWords(definition.schedule)}. Empty values: ${definition.blank}.`,
    optOuts(definition),
    sentence(guardWords(definition.guards)),
    `Tags of ActiveCampaign’s own app are read${definition.tags.write ? ' and written' : ', never written'}.`,
    sentence(initialSyncWords(definition.initialSync)),
    ...sharedContact(definition),
    ...entities.map(([name, entity]) => section(name, entity, definition, schema)),
  ].join('\n\n')
}
