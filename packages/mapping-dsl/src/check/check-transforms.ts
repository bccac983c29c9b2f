import { holdsMany } from '../codec/field-codec.ts'
import { bindTransforms, flowOfTransforms, nameOf, parametersOf } from '../transform/apply-transforms.ts'
import { builtInTransforms, findTransform } from '../transform/built-in.ts'
import { type CheckContext, type MappedPair, onlyFlows } from './check-context.ts'
import { type Diagnostic, nearest, problemAt } from './diagnostic.ts'

/** Transforms that nobody knows, that lack a parameter, or that do not go the way the mapping goes. */
export const checkTransforms = (
  { mapping, column, field, direction, place }: MappedPair,
  { registry }: CheckContext,
): readonly Diagnostic[] => {
  const calls = mapping.via ?? []
  const path = `${place.path}.via`
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
  const known = [...Object.keys(builtInTransforms), ...Object.keys(registry?.transforms ?? {})]
  const problems = calls.flatMap((call) => {
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
  const flow = flowOfTransforms(bindTransforms(calls, registry))
  if (problems.length > 0) return problems
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
