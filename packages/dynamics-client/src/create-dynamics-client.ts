import {
  type Clock,
  combineLimiters,
  createConcurrencyLimiter,
  createHttpClient,
  createRateLimiter,
  type RateLimiter,
  systemClock,
} from '@dynacamp/http'
import { sendBatch } from './batch/send-batch.ts'
import type { DynamicsClient, Impersonation } from './client.ts'
import { createTableClient } from './create-table-client.ts'
import { sendCustom } from './custom-request.ts'
import { judgeDataverse } from './errors/to-dynamics-error.ts'
import { requireGuid } from './guid.ts'
import { createMetadata } from './metadata/create-metadata.ts'
import type { DynamicsClientOptions } from './options.ts'
import { loseOpportunity, winOpportunity } from './sales/close-opportunity.ts'
import { mergeRows } from './sales/merge-rows.ts'
import { qualifyLead } from './sales/qualify-lead.ts'
import { standardTableOf } from './schema/standard-tables.ts'
import type { TableNames } from './schema/table.ts'
import { createTransport } from './transport.ts'
import { createUsers } from './users/create-users.ts'
import { whoAmI } from './who-am-i.ts'

/** Service protection: https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
const serviceProtection = (share: number, clock: Clock): RateLimiter =>
  combineLimiters(
    // 52 at the same time are refused; the hint says how many are welcome.
    createConcurrencyLimiter({ initial: 4, max: 51, hintHeader: 'x-ms-dop-hint', clock }),
    createRateLimiter({ requests: 6_000, perMs: 300_000, share, clock }),
  )

const identityHeaders = (user: Impersonation): Readonly<Record<string, string>> =>
  user.entraObjectId === undefined
    ? { MSCRMCallerID: requireGuid(user.systemUserId) }
    : { CallerObjectId: requireGuid(user.entraObjectId) }

/**
 * A client for one environment. It signs in when the first request is sent, keeps within the service's limits, repeats
 * what may be repeated, and checks what comes back.
 *
 * @throws TypeError when `environmentUrl` is not https (or http on loopback)
 * @example
 * import { clientCredentials, createDynamicsClient } from '@dynacamp/dynamics-client'
 *
 * const client = createDynamicsClient({
 *   environmentUrl: 'https://contoso.crm4.dynamics.com',
 *   credentials: clientCredentials({
 *     tenantId: 'contoso.onmicrosoft.com',
 *     clientId: '0f4b4e0c-7a06-4d0e-9a34-2b6a3c1f7a11',
 *     clientSecret: process.env['DYNAMICS_SECRET'] ?? '',
 *   }),
 * })
 */
export const createDynamicsClient = (options: DynamicsClientOptions): DynamicsClient => {
  const { credentials, apiVersion = '9.2', share = 1, clock = systemClock, onEvent } = options
  const random = options.random ?? Math.random
  const environmentUrl = options.environmentUrl.replace(/\/+$/, '')
  const apiUrl = `${environmentUrl}/api/data/v${apiVersion}`
  const fetch = options.fetch ?? ((request: Request) => globalThis.fetch(request))

  let sent = 0
  const http = createHttpClient({
    service: 'dynamics',
    baseUrl: apiUrl,
    fetch,
    clock,
    random,
    timeoutMs: options.timeoutMs ?? 240_000,
    limiter: serviceProtection(share, clock),
    retry: {
      judge: judgeDataverse,
      // The window is five minutes, and who keeps knocking is told to wait longer than that.
      maxRetryAfterMs: 900_000,
      ...(options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts }),
    },
    authorize: async ({ refresh, signal }) => {
      const token = await credentials.token({
        environmentUrl: new URL(environmentUrl).origin,
        refresh,
        fetch,
        clock,
        random,
        ...(signal === undefined ? {} : { signal }),
      })
      return { Authorization: `Bearer ${token}` }
    },
    onEvent: (event) => {
      if (event.type === 'request') sent += 1
      onEvent?.(event)
    },
    ...(options.maxResponseBytes === undefined ? {} : { maxResponseBytes: options.maxResponseBytes }),
  })

  const { origin } = new URL(environmentUrl)
  const clientFor = (identity: Readonly<Record<string, string>>): DynamicsClient => {
    const transport = createTransport(http, apiUrl, identity)

    function table<T extends TableNames>(table: T): ReturnType<typeof createTableClient<T>>
    function table(entitySet: string): ReturnType<typeof createTableClient<TableNames>>
    function table(table: TableNames | string) {
      if (typeof table !== 'string') return createTableClient(transport, table)
      return createTableClient(transport, { entitySet: table, ...standardTableOf(table) })
    }

    return {
      environmentUrl: origin,
      table,
      whoAmI: (callOptions = {}) => whoAmI(transport, callOptions),
      request: (request, callOptions = {}) => sendCustom(transport, request, callOptions),
      batch: (items, batchOptions = {}) => sendBatch(transport, items, batchOptions),
      metadata: createMetadata(transport),
      users: createUsers(transport),
      qualifyLead: (leadId, qualification, callOptions = {}) =>
        qualifyLead(transport, leadId, qualification, callOptions),
      winOpportunity: (id, closing = {}, callOptions = {}) =>
        winOpportunity(transport, id, closing, callOptions),
      loseOpportunity: (id, closing = {}, callOptions = {}) =>
        loseOpportunity(transport, id, closing, callOptions),
      merge: (table, merge, callOptions = {}) => mergeRows(transport, table, merge, callOptions),
      get requestsSent() {
        return sent
      },
      actingAs: (user) => clientFor(identityHeaders(user)),
    }
  }

  return clientFor({})
}
