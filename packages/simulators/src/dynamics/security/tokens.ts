import { type Answer, jsonAnswer, type SimulatorRequest } from '../../shared/exchange.ts'
import type { Environment } from '../environment.ts'
import { toInstant } from '../odata/instant.ts'

/** An app registration and the application user that it signs in as. */
export interface Application {
  readonly clientId: string
  readonly clientSecret: string
  readonly userId: string
}

export interface TokenService {
  readonly applications: Map<string, Application>
  /** `POST /{tenant}/oauth2/v2.0/token` */
  issue(request: SimulatorRequest): Answer
  /** Who a bearer token belongs to; nothing when it is unknown or has expired. */
  holder(token: string): { readonly userId: string } | undefined
  /** Makes every token given out so far worthless, as a restart or a changed secret does. */
  revokeAll(): void
}

const lifetimeSeconds = 3599

interface Refusal {
  readonly status: number
  readonly error: string
  readonly code: number
  readonly text: string
}

const refusals = {
  unknownTenant: { status: 400, error: 'invalid_request', code: 90_002, text: 'Tenant not found.' },
  unknownClient: {
    status: 400,
    error: 'unauthorized_client',
    code: 700_016,
    text: 'Application was not found in the directory.',
  },
  wrongSecret: {
    status: 401,
    error: 'invalid_client',
    code: 7_000_215,
    text: 'Invalid client secret provided.',
  },
  wrongScope: {
    status: 400,
    error: 'invalid_scope',
    code: 1_002_012,
    text: 'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
  },
  wrongGrant: {
    status: 400,
    error: 'unsupported_grant_type',
    code: 70_003,
    text: 'The grant type is not supported.',
  },
} satisfies Record<string, Refusal>

/** Signs applications in with their client credentials, as Microsoft Entra does. */
export function createTokenService(environment: Environment, tenantId: string): TokenService {
  const applications = new Map<string, Application>()
  const tokens = new Map<string, { readonly userId: string; readonly expiresAtMs: number }>()
  const random = environment.random.fork('tokens')

  const refuse = ({ status, error, code, text }: Refusal): Answer => {
    const [trace, correlation] = [random.guid(), random.guid()]
    const timestamp = toInstant(environment.clock.now()).replace('T', ' ')
    return jsonAnswer(status, {
      error,
      error_description: `AADSTS${code}: ${text}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: correlation,
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
    })
  }

  return {
    applications,
    issue(request) {
      const form = new URLSearchParams(request.body)
      const tenant = request.url.pathname.split('/')[1]
      const application = applications.get(form.get('client_id') ?? '')
      if (tenant !== tenantId) return refuse(refusals.unknownTenant)
      if (form.get('grant_type') !== 'client_credentials') return refuse(refusals.wrongGrant)
      if (application === undefined) return refuse(refusals.unknownClient)
      if (form.get('client_secret') !== application.clientSecret) return refuse(refusals.wrongSecret)
      if (!(form.get('scope') ?? '').endsWith('/.default')) return refuse(refusals.wrongScope)
      // Three parts in base64url, as clients expect of a JWT; there is nothing in it to verify.
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
      const expiresAtMs = environment.clock.now() + lifetimeSeconds * 1000
      const token = [
        part({ typ: 'JWT', alg: 'none' }),
        part({ appid: application.clientId, tid: tenantId, exp: Math.floor(expiresAtMs / 1000) }),
        random.guid().replaceAll('-', ''),
      ].join('.')
      tokens.set(token, { userId: application.userId, expiresAtMs })
      return jsonAnswer(200, {
        token_type: 'Bearer',
        expires_in: lifetimeSeconds,
        ext_expires_in: lifetimeSeconds,
        access_token: token,
      })
    },
    holder(token) {
      const held = tokens.get(token)
      return held !== undefined && held.expiresAtMs > environment.clock.now() ? held : undefined
    },
    revokeAll: () => {
      tokens.clear()
    },
  }
}
