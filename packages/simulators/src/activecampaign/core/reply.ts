import type { Json, JsonObject } from './json.ts'

/** What a handler answers; `undefined` as body is an empty one, which the service really sends. */
export interface Reply {
  readonly status: number
  readonly body: Json | undefined
  readonly headers?: Readonly<Record<string, string>>
}

export const ok = (body: Json): Reply => ({ status: 200, body })
export const created = (body: Json): Reply => ({ status: 201, body })

/** An answer that ends the handling of a call. Reference: the table of error bodies, which has no single schema. */
export class Rejection extends Error {
  override readonly name = 'Rejection'
  readonly reply: Reply

  constructor(status: number, body: Json) {
    super(`answered ${String(status)}`)
    this.reply = { status, body }
  }
}

/** `No Result found for Subscriber with id 7`: the model's name is internal. */
export const noResult = (model: string, id: string): Rejection =>
  new Rejection(404, { message: `No Result found for ${model} with id ${id}` })

/** 422 as contacts, accounts and associations write it. */
export const invalid = (title: string, code: string, pointer?: string): Rejection =>
  new Rejection(422, {
    errors: [
      {
        title,
        detail: '',
        code,
        ...(pointer === undefined ? {} : { source: { pointer: `/data/attributes/${pointer}` } }),
      },
    ],
  })

export const missing = (one: string, attribute: string): Rejection =>
  invalid(`The ${one} ${attribute} was not provided.`, 'field_missing', attribute)

/** Errors with a `status` and no `code`: contact tags, exclusions, account custom fields, custom objects. */
export const problem = (status: number, title: string, more: JsonObject = {}): Rejection =>
  new Rejection(status, { errors: [{ status, title, ...more }] })

export const forbidden = (detail?: string): Rejection =>
  detail === undefined ? new Rejection(403, { message: 'Forbidden' }) : problem(403, 'Forbidden', { detail })
