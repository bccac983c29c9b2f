import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { sort, uniq } from 'fp-ts/lib/ReadonlyArray.js'
import * as string from 'fp-ts/lib/string.js'
import * as t from 'io-ts'
import type { ConversionCode, ConversionProblem, FieldValue } from './value.ts'

/**
 * One side's way of writing values of `D`: an io-ts type whose `decode` reads what the service sends and whose
 * `encode` writes what the service takes, and `fits`, which says why a value of `D` cannot be held there.
 */
export interface Codec<D, W = FieldValue> {
  readonly type: t.Type<D, W, W>
  readonly fits: (value: D) => ConversionProblem | undefined
}

/** @internal */
export const problem = (code: ConversionCode, message: string): ConversionProblem => ({
  ok: false,
  code,
  message,
})

interface CodedError extends t.ValidationError {
  readonly code: ConversionCode
}

const isCoded = (error: t.ValidationError | undefined): error is CodedError =>
  error !== undefined && 'code' in error

const fitsAll = (): undefined => undefined

/** A codec from a fallible read and a total write. */
export const codec = <D, W>(
  name: string,
  is: t.Is<D>,
  read: (wire: W) => Either<ConversionProblem, D>,
  write: (value: D) => W,
  fits: Codec<D, W>['fits'] = fitsAll,
): Codec<D, W> => ({
  type: new t.Type<D, W, W>(
    name,
    is,
    (wire, context) => {
      const result = read(wire)
      if (result._tag === 'Right') return t.success(result.right)
      const { code, message } = result.left
      const error: CodedError = { value: wire, context, message, code }
      return t.failures([error])
    },
    write,
  ),
  fits,
})

/** One context for all: nobody asks a field's codec for the path it failed at, and making one costs more than reading. */
const noContext: t.Context = []

/** Reads with a codec; an io-ts failure becomes the problem it was made from. */
export const read = <D, W>(from: Codec<D, W>, wire: W): Either<ConversionProblem, D> => {
  const result = from.type.validate(wire, noContext)
  if (result._tag === 'Right') return result
  const [first] = result.left
  return left(
    isCoded(first)
      ? problem(first.code, first.message ?? from.type.name)
      : problem('wrong-type', `This is no ${from.type.name}.`),
  )
}

/** Writes with a codec, when the value fits. */
export const write = <D, W>(to: Codec<D, W>, value: D): Either<ConversionProblem, W> => {
  const refusal = to.fits(value)
  return refusal === undefined ? right(to.type.encode(value)) : left(refusal)
}

/** The codec that reads with `outer`, then `inner`, and writes the other way round. */
export const pipeCodecs = <D, M, W>(outer: Codec<M, W>, inner: Codec<D, M>): Codec<D, W> =>
  codec(
    inner.type.name,
    inner.type.is,
    (wire) => {
      const middle = read(outer, wire)
      return middle._tag === 'Left' ? middle : read(inner, middle.right)
    },
    (value) => outer.type.encode(inner.type.encode(value)),
    (value) => inner.fits(value) ?? outer.fits(inner.type.encode(value)),
  )

export const isString = (value: unknown): value is string => typeof value === 'string'

export const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every(isString)

/** Each label once, in one order: what a set of options is compared by. */
export const sortedLabels = (labels: readonly string[]): readonly string[] =>
  pipe(labels, uniq(string.Eq), sort(string.Ord))
