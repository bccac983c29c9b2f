import type { createOutbox } from '../../shared/outbox.ts'
import type { Environment } from '../environment.ts'
import type { Write } from '../store/store.ts'
import { changedColumns, executionContext, type Message, messageOf } from './execution-context.ts'

/** A webhook to register: a service endpoint with its static secret, and what it is told of. */
export interface NewWebhook {
  readonly url: string
  /** `key`: `?code=<key>`; `header` and `query`: names with values. There is no signature over the body. */
  readonly authentication?:
    | { readonly key: string }
    | { readonly header: Readonly<Record<string, string>> }
    | { readonly query: Readonly<Record<string, string>> }
  /** Logical names. */
  readonly tables: readonly string[]
  /** Default: all three. */
  readonly messages?: readonly Message[]
  /** Of updates: only those that change one of these columns. Default: any. */
  readonly filteringAttributes?: readonly string[]
}

/** Above this a body is sent without parameters and images. */
const fullSize = 262_144

const request = (
  { url, authentication = { header: {} } }: NewWebhook,
  headers: Readonly<Record<string, string>>,
  body: Readonly<Record<string, unknown>>,
): Request => {
  const target = new URL(url)
  const query =
    'key' in authentication
      ? { code: authentication.key }
      : 'query' in authentication
        ? authentication.query
        : {}
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, value)
  const own = 'header' in authentication ? authentication.header : {}
  const whole = JSON.stringify(body)
  const exceeded = whole.length > fullSize
  const {
    ParentContext: _,
    InputParameters: __,
    PreEntityImages: ___,
    PostEntityImages: ____,
    ...rest
  } = body
  return new Request(target, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...headers,
      ...(exceeded ? { 'x-ms-dynamics-msg-size-exceeded': 'true' } : {}),
      ...own,
    },
    body: exceeded ? JSON.stringify(rest) : whole,
  })
}

/** One entry per row: what a transaction made of it on the whole. */
const perRow = (writes: readonly Write[]): readonly Write[] => {
  const rows = new Map<string, Write>()
  for (const write of writes) {
    const key = `${write.table}/${write.id}`
    rows.set(key, { ...write, before: rows.has(key) ? rows.get(key)?.before : write.before })
  }
  return [...rows.values()].filter(({ before, after }) => before !== undefined || after !== undefined)
}

/** Webhooks of an environment, told of each change once it is committed, by asynchronous steps. */
export function createWebhooks(
  environment: Environment,
  outbox: ReturnType<typeof createOutbox>,
  baseUrl: string,
): { register(webhook: NewWebhook): void } {
  const hooks: NewWebhook[] = []
  const ids = environment.random.fork('webhooks')

  const tell = (write: Write): void => {
    const table = environment.schema.tables.get(write.table)
    const message = messageOf(write)
    if (table === undefined) return
    for (const hook of hooks) {
      const { tables, messages, filteringAttributes } = hook
      if (!tables.includes(write.table) || messages?.includes(message) === false) continue
      const columns = message === 'Update' ? filteringAttributes : undefined
      if (columns !== undefined && !changedColumns(table, write).some((name) => columns.includes(name)))
        continue
      const operationId = ids.guid()
      const headers = {
        'x-ms-dynamics-organization': new URL(baseUrl).host,
        'x-ms-dynamics-entity-name': write.table,
        'x-ms-dynamics-request-name': message,
        'x-ms-correlation-request-id': operationId,
      }
      outbox.send(
        request(hook, headers, executionContext(environment, table, write, operationId)),
        () => undefined,
      )
    }
  }

  return {
    register(webhook) {
      if (hooks.length === 0) {
        environment.store.onCommit((writes) => {
          for (const write of perRow(writes)) tell(write)
        })
      }
      hooks.push(webhook)
    },
  }
}
