/** A request as the handlers of a simulator see it, whichever way it came in. */
export interface SimulatorRequest {
  readonly method: string
  readonly url: URL
  /** What links in the answer start with: the base URL, or the address that the simulator listens on. */
  readonly origin: string
  readonly headers: Headers
  /** The whole body as text; empty when there is none. */
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Text as it goes over the wire; left out for none. */
  readonly body?: string
}

/** An answer with a JSON body. */
export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
})

/** Statuses that the Fetch standard forbids a body for. */
const bodiless = new Set([101, 204, 205, 304])

export const toResponse = ({ status, headers, body }: Answer): Response =>
  new Response(bodiless.has(status) ? null : (body ?? null), { status, headers: { ...headers } })
