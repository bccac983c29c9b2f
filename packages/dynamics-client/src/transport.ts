import { type HttpClient, type HttpRequest, type HttpResponse, MalformedResponseError } from '@dynacamp/http'
import type * as z from 'zod'
import { parseErrorBody } from './errors/error-body.ts'
import { dynamicsErrorFrom, inServiceWords } from './errors/to-dynamics-error.ts'
import { type ResponseIssue, UnexpectedResponseError } from './errors/unexpected-response-error.ts'
import type { CallOptions, PreparedRequest } from './prepared-request.ts'

/** An answer of the service together with the request it belongs to, for errors that name both. */
export interface Answer extends HttpResponse {
  readonly request: PreparedRequest
}

/** Sends prepared requests, as one user. */
export interface Transport {
  /** `https://contoso.crm4.dynamics.com/api/data/v9.2`, for links inside bodies. */
  readonly apiUrl: string
  /** Headers that say as whom requests are sent; none for the signed-in user. */
  readonly identity: Readonly<Record<string, string>>
  /** @throws DynamicsError, and the errors of `@dynacamp/http` */
  send(
    request: PreparedRequest,
    options?: CallOptions & Pick<HttpRequest, 'expect' | 'body'>,
  ): Promise<Answer>
}

const odataHeaders = { 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' }

export const createTransport = (
  http: HttpClient,
  apiUrl: string,
  identity: Readonly<Record<string, string>>,
): Transport => ({
  apiUrl,
  identity,
  send: async (request, { signal, deadlineMs, expect, body: rawBody } = {}) => {
    const { operation, method, path, query, headers, repeatable } = request
    // The service wants the charset spelt out: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
    const json =
      request.body === undefined
        ? undefined
        : { text: JSON.stringify(request.body), contentType: 'application/json; charset=utf-8' }
    const body = rawBody ?? json
    try {
      const response = await http.request({
        operation,
        method,
        url: path,
        headers: { ...odataHeaders, ...identity, ...headers },
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        ...(repeatable === undefined ? {} : { repeatable }),
        ...(expect === undefined ? {} : { expect }),
        ...(signal === undefined ? {} : { signal }),
        ...(deadlineMs === undefined ? {} : { deadlineMs }),
      })
      const { status, text, requestId, url } = response
      return { status, headers: response.headers, text, requestId, url, json: () => response.json(), request }
    } catch (error) {
      throw inServiceWords(error)
    }
  },
})

const detailsOf = ({ request, url, status, requestId }: Answer) => ({
  operation: request.operation,
  method: request.method,
  url,
  status,
  requestId,
})

/** The body as JSON. @throws MalformedResponseError, and DynamicsError for a success that carries an error */
export const jsonOf = (answer: Answer): unknown => {
  const body = answer.json()
  if (body === undefined) {
    throw new MalformedResponseError(
      `${answer.request.operation}: the answer (${answer.status}) is empty, JSON was expected`,
      detailsOf(answer),
    )
  }
  if (parseErrorBody(body) !== undefined) throw dynamicsErrorFrom({ ...detailsOf(answer), body })
  return body
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((all, part) => {
    if (typeof part === 'number') return `${all}[${part}]`
    return all === '' ? String(part) : `${all}.${String(part)}`
  }, '')

/** zod's findings as paths and expectations, without the values. */
export const responseIssues = (error: z.ZodError): readonly ResponseIssue[] =>
  error.issues.map((issue) => ({ path: pathText(issue.path) || '(body)', message: issue.message }))

export const unexpectedResponse = (
  answer: Answer,
  issues: readonly ResponseIssue[],
): UnexpectedResponseError => new UnexpectedResponseError(issues, detailsOf(answer))

/** The body, checked. @throws UnexpectedResponseError naming each path that is not as documented */
export const decodeBody = <Schema extends z.ZodType>(answer: Answer, schema: Schema): z.output<Schema> => {
  const decoded = schema.safeParse(jsonOf(answer))
  if (!decoded.success) throw unexpectedResponse(answer, responseIssues(decoded.error))
  return decoded.data
}
