import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { type Codec, codec, isString, problem } from '../codec/codec.ts'
import type { Flow } from '../codec/compatibility.ts'
import type { ConversionProblem } from '../codec/value.ts'
import type { TransformCall } from '../definition/field-mapping.ts'
import { findTransform } from './built-in.ts'
import type { Registry, Transform, TransformParameters, TransformRefusal } from './transform.ts'

/** A transform with its parameters. */
export interface BoundTransform {
  readonly transform: Transform
  readonly parameters: TransformParameters
}

export const nameOf = (call: TransformCall): string => (typeof call === 'string' ? call : call.name)

export const parametersOf = (call: TransformCall): TransformParameters =>
  typeof call === 'string' ? {} : call.with

/** The transforms of a mapping; names that nobody knows are left to the checks. */
export const bindTransforms = (
  calls: readonly TransformCall[],
  registry: Registry | undefined,
): readonly BoundTransform[] =>
  calls.flatMap((call) => {
    const transform = findTransform(nameOf(call), registry)
    return transform === undefined ? [] : [{ transform, parameters: parametersOf(call) }]
  })

/** The ways that all of them go; `undefined` when there is none. */
export const flowOfTransforms = (bound: readonly BoundTransform[]): Flow | undefined => {
  const outbound = bound.every(({ transform }) => transform.toActiveCampaign !== undefined)
  const inbound = bound.every(({ transform }) => transform.toDynamics !== undefined)
  if (outbound && inbound) return 'bidirectional'
  return outbound ? 'outbound' : inbound ? 'inbound' : undefined
}

const refusal = ({ refused }: TransformRefusal): ConversionProblem => problem('untransformable', refused)

const run = (
  bound: readonly BoundTransform[],
  direction: 'toActiveCampaign' | 'toDynamics',
  text: string,
): string | TransformRefusal => {
  let current = text
  for (const { transform, parameters } of bound) {
    const step = transform[direction]
    if (step === undefined) return { refused: 'This transform goes the other way only.' }
    const next = step(current, parameters)
    if (typeof next !== 'string') return next
    current = next
  }
  return current
}

/** What an empty column is sent as, when a transform says so. */
export const textWhenBlank = (bound: readonly BoundTransform[]): string | undefined => {
  const at = bound.findIndex(({ transform }) => transform.whenBlank !== undefined)
  const first = bound[at]
  const start = first?.transform.whenBlank?.(first.parameters)
  if (start === undefined) return undefined
  const text = run(bound.slice(at + 1), 'toActiveCampaign', start)
  return typeof text === 'string' ? text : undefined
}

/** A value that goes through transforms before it is written to ActiveCampaign. */
export const transformCodec = (bound: readonly BoundTransform[]): Codec<string, string> =>
  codec(
    'transformed text',
    isString,
    right,
    (text) => {
      const result = run(bound, 'toActiveCampaign', text)
      return typeof result === 'string' ? result : text
    },
    (text) => {
      const result = run(bound, 'toActiveCampaign', text)
      return typeof result === 'string' ? undefined : refusal(result)
    },
  )

/** ActiveCampaign's text with the transforms undone, last one first. */
export const undo = (bound: readonly BoundTransform[], text: string): Either<ConversionProblem, string> => {
  const result = run([...bound].reverse(), 'toDynamics', text)
  return typeof result === 'string' ? right(result) : left(refusal(result))
}
