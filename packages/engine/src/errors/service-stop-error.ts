/** A service refused a call in a way that every other call would meet: credentials, a plan's limit, or it is down. */
export class ServiceStopError extends Error {
  override readonly name = 'ServiceStopError'
  /** Of the failure: the service's own code where it has one. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
