import type { SyncDefinition } from '../definition/definition.ts'
import type { FieldMapping, TransformCall } from '../definition/field-mapping.ts'
import { nameOf, parametersOf } from '../transform/apply-transforms.ts'
import { code } from './markdown-text.ts'

/** A transform with its parameters, such as `e164 (region: DE)`. */
export const transformWords = (call: TransformCall): string => {
  const parameters = Object.entries(parametersOf(call)).map(([name, value]) => `${name}: ${value}`)
  return parameters.length === 0 ? nameOf(call) : `${nameOf(call)} (${parameters.join(', ')})`
}

/** Whether and how opt-outs are followed. */
export const optOutWords = ({ direction, columns, lists, resubscribe }: SyncDefinition['optOut']): string => {
  if (direction === 'off') return 'opt-outs are not followed'
  const both = { bidirectional: 'both ways', outbound: 'to ActiveCampaign', inbound: 'to Dynamics 365' }
  const where =
    lists === 'all'
      ? 'all lists'
      : lists.length === 0
        ? 'no list'
        : `the list${lists.length === 1 ? '' : 's'} ${lists.map(code).join(', ')}`
  return `opt-outs in ${columns.map(code).join(', ')} and ${where} are followed ${both[direction]}, and ${resubscribe === 'never' ? 'nobody is subscribed again' : 'people are subscribed again when Dynamics 365 allows e-mail again'}`
}

/** What a run must not do. */
export const guardWords = (guards: SyncDefinition['guards']): string => {
  const parts = [
    guards.maxChangedShare === undefined
      ? []
      : [`change more than ${Math.round(guards.maxChangedShare * 1000) / 10} % of the linked records`],
    guards.maxDeletes === undefined ? [] : [`delete more than ${guards.maxDeletes}`],
    guards.maxUnsubscribes === undefined ? [] : [`unsubscribe more than ${guards.maxUnsubscribes}`],
  ].flat()
  return parts.length === 0
    ? 'no guard stops a run'
    : `a run stops before it writes if it would ${parts.join(', or ')}`
}

/** What the initial sync does besides. */
export const initialSyncWords = ({ automations }: SyncDefinition['initialSync']): string =>
  `the initial sync ${automations === 'start' ? 'starts' : 'holds back'} automations of ActiveCampaign`

/** How often runs are scheduled. */
export const scheduleWords = ({ everyHours }: SyncDefinition['schedule']): string =>
  everyHours === 24 ? 'once a day' : everyHours === 1 ? 'every hour' : `every ${everyHours} hours`

const optionNames = (choices: Readonly<Record<string, string>>): string =>
  Object.entries(choices)
    .slice(0, 10)
    .map(([label, option]) => `${code(label)} is ${code(option)}`)
    .join(', ') + (Object.keys(choices).length > 10 ? ' and more' : '')

/** What a mapping says of one option, with what is meant where it says nothing. */
export const optionWords = {
  conflict: ({ conflict }) => `conflict: ${conflict ?? 'as the direction says'}`,
  blank: ({ blank }) => `empty values: ${blank ?? 'as the definition says'}`,
  sensitive: ({ sensitive }) => (sensitive === true ? 'sensitive' : 'not sensitive'),
  choices: ({ choices }) =>
    choices === undefined ? 'options by the same label' : `options by name: ${optionNames(choices)}`,
  via: ({ via = [] }) => (via.length === 0 ? 'no transforms' : `via ${via.map(transformWords).join(', ')}`),
  as: ({ as }) => `as ${as ?? 'nothing'}`,
  currency: ({ currency }) => `in ${currency ?? 'no currency'}`,
  required: ({ required }) => (required === true ? 'required' : 'not required'),
} as const satisfies Partial<Record<keyof FieldMapping, (mapping: FieldMapping) => string>>
