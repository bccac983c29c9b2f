import { createHttpClient, type HttpStatusError, isHttpStatusError } from '@dynacamp/http'
import * as z from 'zod'
import type { Credentials, TokenRequest } from './credentials.ts'
import { SignInError } from './errors/sign-in-error.ts'

/** An app registration that has an application user in the environment. */
export interface ClientCredentials {
  /** GUID or domain of the Entra tenant. */
  readonly tenantId: string
  readonly clientId: string
  readonly clientSecret: string
  /**
   * Where tokens are issued: a sign-in host, or the whole URL of a token endpoint. Default:
   * `https://login.microsoftonline.com`; other clouds have their own.
   */
  readonly loginUrl?: string
}

interface Token {
  readonly value: string
  readonly renewAtMs: number
}

/** A token is renewed this long before it expires, so that none expires on its way. */
const marginMs = 5 * 60_000

const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive(),
})
const refusalAnswer = z.looseObject({
  error: z.string(),
  error_description: z.string().optional(),
  error_codes: z.array(z.number()).optional(),
})

const operation = 'sign-in'

type Refusal = Pick<HttpStatusError, 'status' | 'body' | 'retryable'>

const refused = ({ status, body, retryable }: Refusal, cause?: unknown): SignInError => {
  const known = refusalAnswer.safeParse(body)
  const reason = known.success ? known.data.error : 'unreadable_answer'
  // The description's later lines are trace ids and a timestamp.
  const [description] = (known.data?.error_description ?? '').split(/\r?\n/)
  return new SignInError(
    `No token: ${reason}${description === '' ? '' : `: ${description}`}`,
    { operation, status, retryable, reason, aadsts: known.data?.error_codes?.[0] },
    { cause },
  )
}

const tokenEndpoint = ({
  tenantId,
  loginUrl = 'https://login.microsoftonline.com',
}: ClientCredentials): URL =>
  loginUrl.endsWith('/token')
    ? new URL(loginUrl)
    : new URL(`${loginUrl.replace(/\/+$/, '')}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`)

// Without a signal: others may wait for the same token.
const requestToken = async (
  settings: ClientCredentials,
  request: Omit<TokenRequest, 'signal'>,
): Promise<Token> => {
  const { clientId, clientSecret } = settings
  const endpoint = tokenEndpoint(settings)
  const { environmentUrl, fetch, clock, random } = request
  const http = createHttpClient({ service: 'entra', baseUrl: endpoint.origin, fetch, clock, random })
  const askedAtMs = clock.now()
  try {
    const answer = await http.request({
      operation,
      method: 'POST',
      url: endpoint.href,
      repeatable: true,
      body: {
        contentType: 'application/x-www-form-urlencoded',
        text: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          scope: `${environmentUrl}/.default`,
        }).toString(),
      },
    })
    const token = tokenAnswer.safeParse(answer.json())
    if (!token.success) throw refused({ status: answer.status, body: undefined, retryable: false })
    const { access_token, expires_in } = token.data
    const lifeMs = expires_in * 1_000
    // A lifetime shorter than the margin would never be cached at all.
    return { value: access_token, renewAtMs: askedAtMs + Math.max(lifeMs - marginMs, lifeMs / 2) }
  } catch (error) {
    throw isHttpStatusError(error) ? refused(error, error) : error
  }
}

/**
 * Server-to-server sign-in with an app's secret. The token is cached, asked for once however many requests wait for it,
 * renewed five minutes before it expires and once when the service refuses it.
 *
 * `POST {loginUrl}/{tenantId}/oauth2/v2.0/token`; calls throw `SignInError` when it is refused.
 *
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/use-single-tenant-server-server-authentication
 * @example
 * import { clientCredentials } from '@dynacamp/dynamics-client'
 *
 * const credentials = clientCredentials({
 *   tenantId: 'contoso.onmicrosoft.com',
 *   clientId: '0f4b4e0c-7a06-4d0e-9a34-2b6a3c1f7a11',
 *   clientSecret: process.env['DYNAMICS_SECRET'] ?? '',
 * })
 */
export const clientCredentials = (settings: ClientCredentials): Credentials => {
  const cached = new Map<string, Token>()
  const asking = new Map<string, Promise<Token>>()

  const ask = (request: TokenRequest): Promise<Token> => {
    const { environmentUrl } = request
    const underWay = asking.get(environmentUrl)
    if (underWay !== undefined) return underWay
    const asked = requestToken(settings, request)
      .then((token) => {
        cached.set(environmentUrl, token)
        return token
      })
      .finally(() => asking.delete(environmentUrl))
    asking.set(environmentUrl, asked)
    return asked
  }

  return {
    token: async (request) => {
      const known = cached.get(request.environmentUrl)
      if (known !== undefined && !request.refresh && request.clock.now() < known.renewAtMs) return known.value
      return (await ask(request)).value
    },
  }
}
