import { createRunningClock, type SimulatorClock } from '../shared/clock.ts'
import { createHost } from '../shared/host.ts'
import { createOutbox, type Deliver, type Delivery } from '../shared/outbox.ts'
import type { Simulator } from '../shared/simulator.ts'
import { type DynamicsBehaviour, defaultBehaviour } from './behaviour.ts'
import { errorAnswer, parsePrefer } from './call.ts'
import { DataverseError } from './dataverse-error.ts'
import { createGateway } from './gateway.ts'
import { createTokenService } from './security/tokens.ts'
import { createSecurityAccess, type SecurityAccess } from './security-access.ts'
import { createEnvironment } from './seed.ts'
import { createThrottle, defaultLimits, type ServiceLimits } from './service-limits.ts'
import { createTableAccess, type TableAccess } from './table-access.ts'
import { createWebhooks, type NewWebhook } from './webhooks/webhooks.ts'

/** How to make a simulated environment. Everything has a default. */
export interface DynamicsSimulatorOptions {
  /** Ids follow from it. Default 1. */
  readonly seed?: number
  /** Default: a clock that starts at a fixed instant and runs at the speed of real time. */
  readonly clock?: SimulatorClock
  /** Default `https://org.crm4.dynamics.com`. */
  readonly baseUrl?: string
  /** The version that the first row gets; delta tokens and ETags count from there. Default 1000. */
  readonly firstVersion?: number
  /** Days until a delta token dies (`organization.expirechangetrackingindays`). Default 7. */
  readonly changeTrackingDays?: number
  readonly behaviour?: Partial<DynamicsBehaviour>
  /** Takes webhooks to their receiver. Default: `fetch` while listening, else they are only recorded. */
  readonly deliver?: Deliver
  /** Service protection limits other than the documented ones. */
  readonly limits?: Partial<ServiceLimits>
}

/** A simulated environment of Dataverse with Dynamics 365 Sales, reached as the service is. */
export interface DynamicsSimulator extends Simulator, TableAccess, SecurityAccess {
  readonly credentials: {
    readonly tenantId: string
    readonly clientId: string
    readonly clientSecret: string
  }
  /** The token endpoint; the same `fetch`, handlers and port serve it. */
  readonly loginUrl: string
  readonly apiPath: '/api/data/v9.2'
  readonly organizationId: string
  /** The user that the credentials sign in as. */
  readonly userId: string
  /** Registers a webhook, as the Plug-in Registration Tool does: an asynchronous step on each message and table. */
  registerWebhook(webhook: NewWebhook): void
  /** Webhooks sent, oldest first. */
  readonly deliveries: readonly Delivery[]
  /** Resolves when no webhook is under way. */
  delivered(): Promise<void>
  /** Makes all tokens given out so far worthless. */
  revokeTokens(): void
}

const loginOrigin = 'https://login.microsoftonline.com'

/**
 * Makes a Dataverse environment that answers the Web API: sign-in, OData, change tracking, batches, metadata.
 *
 * @example
 * ```ts
 * const dynamics = createDynamicsSimulator({ seed: 7 })
 * dynamics.insert('contact', { firstname: 'Ann', lastname: 'Ek', emailaddress1: 'ann@example.com' })
 * const { url, close } = await dynamics.listen()
 * ```
 */
export function createDynamicsSimulator(options: DynamicsSimulatorOptions = {}): DynamicsSimulator {
  const baseUrl = options.baseUrl ?? 'https://org.crm4.dynamics.com'
  const tenantId = '8d1b0c6e-6f2b-4f0e-9a57-3c1f0a5d2e11'
  const clientId = '0f6c7a52-1f5e-4b8e-8f0a-6f5a1c9e7d42'
  const clientSecret = 'simulated-client-secret'
  const clock = options.clock ?? createRunningClock()
  const environment = createEnvironment({
    seed: options.seed ?? 1,
    clock,
    behaviour: { ...defaultBehaviour, ...options.behaviour },
    firstVersion: options.firstVersion ?? 1000,
    changeTrackingDays: options.changeTrackingDays ?? 7,
    clientId,
  })
  const tokens = createTokenService(environment, tenantId)
  tokens.applications.set(clientId, { clientId, clientSecret, userId: environment.ids.applicationUser })
  const tables = createTableAccess(environment)
  let listening = 0
  const outbox = createOutbox(() => options.deliver ?? (listening > 0 ? fetch : undefined))
  const webhooks = createWebhooks(environment, outbox, baseUrl)
  const host = createHost({
    baseUrl,
    otherOrigins: [loginOrigin],
    clock,
    resolve: createGateway({
      environment,
      tokens,
      throttle: createThrottle({ ...defaultLimits, ...options.limits }),
      authority: `${loginOrigin}/${tenantId}`,
    }),
    isFollowUpPage: (request) => request.url.searchParams.has('$skiptoken'),
    refusal: (status) => errorAnswer(refusalFor(status), parsePrefer(null), environment.random.guid()),
  })
  const listen = async (port?: number): Promise<{ readonly url: string; close(): Promise<void> }> => {
    const server = await host.listen(port)
    listening += 1
    const close = async (): Promise<void> => {
      listening -= 1
      await server.close()
    }
    return { url: server.url, close }
  }
  return {
    ...host,
    get calls() {
      return host.calls
    },
    listen,
    ...tables,
    ...createSecurityAccess(environment, tokens, tables),
    credentials: { tenantId, clientId, clientSecret },
    loginUrl: `${loginOrigin}/${tenantId}/oauth2/v2.0/token`,
    apiPath: '/api/data/v9.2',
    organizationId: environment.ids.organization,
    userId: environment.ids.applicationUser,
    registerWebhook: webhooks.register,
    deliveries: outbox.deliveries,
    delivered: outbox.delivered,
    revokeTokens: tokens.revokeAll,
  }
}

/** What the service says with a status that a fault asked for. */
const refusalFor = (status: number): DataverseError =>
  status === 429
    ? new DataverseError(
        429,
        '0x80072322',
        'ThrottlingBurstRequestLimitExceededError',
        'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
      )
    : new DataverseError(status, '0x80040216', 'UnExpected', 'An unexpected error occurred.')
