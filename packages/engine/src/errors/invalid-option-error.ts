/** A setting that makes no sense, such as a deadline that is no number. Nothing was begun. */
export class InvalidOptionError extends RangeError {
  override readonly name = 'InvalidOptionError'
  readonly code = 'invalid-option'
  readonly option: string

  constructor(option: string, expected: string, value: number) {
    super(`${option} is ${value}; it must be ${expected}.`)
    this.option = option
  }
}
