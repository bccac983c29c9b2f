import { holdsMany } from '../codec/field-codec.ts'
import { fold } from '../codec/text-codecs.ts'
import type { FieldMapping } from '../definition/field-mapping.ts'
import {
  bindTransforms,
  flowOfTransforms,
  nameOf,
  parametersOf,
  textWhenBlank,
} from '../transform/apply-transforms.ts'
import { builtInTransforms, findTransform } from '../transform/built-in.ts'
import { type CheckContext, type MappedPair, type MappingPlace, onlyFlows } from './check-context.ts'
import { type Diagnostic, nearest, problemAt } from './diagnostic.ts'

/** Transforms that nobody knows, or that lack a parameter, whatever they are to transform. */
export const checkCalls = (
  { via: calls = [] }: FieldMapping,
  place: MappingPlace,
  { registry }: CheckContext,
): readonly Diagnostic[] => {
  const path = `${place.path}.via`
  const known = [...Object.keys(builtInTransforms), ...Object.keys(registry?.transforms ?? {})]
  return calls.flatMap((call) => {
    const name = nameOf(call)
    const transform = findTransform(name, registry)
    if (transform === undefined) {
      const message = `no transform \`${name.slice(0, 60)}\`: it is not built in, and the host registered none of this name`
      return [problemAt('unknown-transform', path, message, nearest(name, known))]
    }
    return Object.entries(transform.parameters ?? {})
      .filter(([parameter, example]) => typeof parametersOf(call)[parameter] !== typeof example)
      .map(([parameter, example]) =>
        problemAt(
          'transform-parameter',
          path,
          `\`${name}\` needs \`${parameter}\`: say { name: '${name}', with: { ${parameter}: ${JSON.stringify(example)} } }`,
        ),
      )
  })
}

/** Transforms that nobody knows, that lack a parameter, or that do not go the way the mapping goes. */
export const checkTransforms = (
  { mapping, column, field, direction, place }: MappedPair,
  context: CheckContext,
): readonly Diagnostic[] => {
  const calls = mapping.via ?? []
  const path = `${place.path}.via`
  const options = 'options' in field ? field.options : undefined
  if (calls.length === 0) return []
  if (holdsMany(field) || field.type === 'account' || column.type === 'lookup' || column.type === 'owner') {
    return [
      problemAt(
        'transform-needs-text',
        path,
        `\`${mapping.activeCampaign}\` (${field.type}) does not hold one text that could be transformed`,
      ),
    ]
  }
  const problems = checkCalls(mapping, place, context)
  if (problems.length > 0) return problems
  const bound = bindTransforms(calls, context.registry)
  const flow = flowOfTransforms(bound)
  const whenBlank = textWhenBlank(bound)
  if (options !== undefined && whenBlank !== undefined && direction !== 'inbound') {
    const known = options.some((option) => fold(option) === fold(whenBlank))
    const message = `an empty \`${mapping.dynamics}\` is sent as \`${whenBlank.slice(0, 60)}\`, which is no option of \`${mapping.activeCampaign}\``
    if (!known) return [problemAt('unknown-option', path, message, nearest(whenBlank, options))]
  }
  if (flow === undefined) {
    return [
      problemAt(
        'one-way-transform',
        path,
        'these transforms go opposite ways, so that no value gets through',
      ),
    ]
  }
  return flow === 'bidirectional' || flow === direction
    ? []
    : [
        problemAt(
          'one-way-transform',
          path,
          `${calls.map((call) => `\`${nameOf(call)}\``).join(', ')} can only flow ${flow}: ${onlyFlows(flow, place)}`,
        ),
      ]
}
