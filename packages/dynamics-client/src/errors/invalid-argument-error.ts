/**
 * An argument that could never make a valid request; nothing was sent.
 * @example
 * import { InvalidArgumentError } from '@dynacamp/dynamics-client'
 *
 * const isMistake = (error: unknown) => error instanceof InvalidArgumentError
 */
export class InvalidArgumentError extends TypeError {
  override readonly name = 'InvalidArgumentError'
  readonly code = 'invalid-argument'
}
