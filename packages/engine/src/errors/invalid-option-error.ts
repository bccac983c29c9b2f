/** A setting that makes no sense, such as a deadline that is no number, or a decision about a field that is not mapped. Nothing was begun. */
export class InvalidOptionError extends RangeError {
  override readonly name = 'InvalidOptionError'
  readonly code = 'invalid-option'
  readonly option: string

  constructor(option: string, expected: string, value: number | string) {
    super(`${option} is ${typeof value === 'string' ? `'${value}'` : value}; it must be ${expected}.`)
    this.option = option
  }
}
