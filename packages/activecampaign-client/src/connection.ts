import {
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  isHttpStatusError,
  type Query,
} from '@dynacamp/http'
import { z } from 'zod'
import { errorOfBody, errorOfStatus, malformed, problemsOf } from './answer-error.ts'
import { saysFailure } from './error-body.ts'

/** What every method takes as its last argument. */
export interface CallOptions {
  /** Aborts waiting, sending and retrying. */
  readonly signal?: AbortSignal | undefined
  /** Milliseconds for the call, or for each page of a list: waiting for the rate limiter, all attempts, all pauses. */
  readonly deadlineMs?: number | undefined
}

/** What `delete` methods answer. */
export interface Deletion {
  /** False when there was nothing to delete, as after a repeated delete. */
  readonly existed: boolean
}

/** One call of the service. */
export interface ApiCall {
  /** For events and errors: `contacts.list`. */
  readonly operation: string
  readonly method: HttpRequest['method']
  /** Below `/api/3/`. */
  readonly path: string
  readonly query?: Query | undefined
  readonly json?: unknown | undefined
  /** A form in place of JSON, which v1 takes. */
  readonly form?: Readonly<Record<string, string>> | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly repeatable?: boolean | undefined
  readonly expect?: readonly number[] | undefined
  readonly options?: CallOptions | undefined
}

/** How resources talk to the service: one call, its failures as one error family, its body checked. */
export interface Connection {
  /** The answer's status and its body as JSON; an empty body is `{}`. */
  send(call: ApiCall): Promise<{ readonly status: number; readonly body: unknown }>
  /** The answer's body as the schema types it. */
  read<T>(call: ApiCall, schema: z.ZodType<T>): Promise<T>
  /** The one row that the answer holds under a key. */
  one<T>(call: ApiCall, key: string, row: z.ZodType<T>): Promise<T>
  /** A delete that may be repeated: what is not there is deleted. */
  delete(operation: string, path: string, options?: CallOptions): Promise<Deletion>
}

const formType = 'application/x-www-form-urlencoded'

function bodyOf({ json, form }: ApiCall): HttpRequest['body'] {
  if (form !== undefined) return { text: String(new URLSearchParams(form)), contentType: formType }
  return json === undefined ? undefined : { json }
}

/** `prefix` is where the API lives on its host: `/api/3/`. */
export function createConnection(http: HttpClient, prefix: string): Connection {
  const request = async (call: ApiCall): Promise<HttpResponse> => {
    const { operation, method, query, headers, repeatable, expect, options } = call
    try {
      return await http.request({
        operation,
        method,
        url: prefix + call.path,
        query,
        headers,
        body: bodyOf(call),
        repeatable,
        expect,
        signal: options?.signal,
        deadlineMs: options?.deadlineMs,
      })
    } catch (error) {
      throw isHttpStatusError(error) ? errorOfStatus(error) : error
    }
  }

  const send: Connection['send'] = async (call) => {
    const response = await request(call)
    // Some deletes answer 200 with nothing at all.
    const body = response.json() ?? {}
    if (response.status < 300 && saysFailure(body)) throw errorOfBody(call.operation, response, body)
    return { status: response.status, body }
  }

  return {
    send,
    read: async (call, schema) => decode(call, schema, (await send(call)).body),
    one: async (call, key, row) => decodeOne(call, key, row, (await send(call)).body),
    delete: async (operation, path, options) => {
      const { status } = await send({ operation, method: 'DELETE', path, expect: [404], options })
      return { existed: status !== 404 }
    },
  }
}

/** Checks a body, or throws what is wrong with it and where. */
export function decode<T>(call: ApiCall, schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw malformed(call.operation, `${call.method} ${call.path}`, problemsOf(parsed.error))
}

/** The one row that an answer holds under a key, or what is wrong with it and where. */
export function decodeOne<T>(call: ApiCall, key: string, row: z.ZodType<T>, body: unknown): T {
  const parsed = row.safeParse(envelope.safeParse(body).data?.[key])
  if (parsed.success) return parsed.data
  throw malformed(call.operation, `${call.method} ${call.path}`, problemsOf(parsed.error, [key]))
}

const envelope = z.record(z.string(), z.unknown())
