import type { DynamicsSimulator } from '../../src/index.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of any shape
  readonly json: any
}

/** Speaks plain HTTP to a simulator, signed in, and throws nothing away. */
export interface TestClient {
  (method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>
  readonly token: string
}

async function signIn(
  simulator: DynamicsSimulator,
  credentials: { readonly clientId: string; readonly clientSecret: string } = simulator.credentials,
): Promise<string> {
  const response = await simulator.fetch(
    new Request(simulator.loginUrl, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
        scope: `${simulator.baseUrl}/.default`,
      }),
    }),
  )
  const body = (await response.json()) as { access_token: string }
  return body.access_token
}

/** `path`: below the API root, or an absolute link. A string as body goes as it is. */
export async function connect(
  simulator: DynamicsSimulator,
  credentials?: { readonly clientId: string; readonly clientSecret: string },
): Promise<TestClient> {
  const token = await signIn(simulator, credentials)
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> => {
    const url = path.startsWith('http') ? path : `${simulator.baseUrl}${simulator.apiPath}/${path}`
    const request = new Request(url, {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await simulator.fetch(request)
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('application/json') === true
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : undefined,
    }
  }
  return Object.assign(call, { token })
}
