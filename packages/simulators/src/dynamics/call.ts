import type { Answer } from '../shared/exchange.ts'
import { DataverseError } from './dataverse-error.ts'
import type { Environment } from './environment.ts'
import type { FilterContext } from './odata/filter-context.ts'
import type { Options, Segment } from './odata/url.ts'
import type { Caller } from './security/caller.ts'

/** The `Prefer` header, taken apart. */
export interface Prefer {
  readonly maxPageSize?: number
  readonly trackChanges: boolean
  readonly representation: boolean
  readonly continueOnError: boolean
  /** Patterns such as `*` or `Microsoft.Dynamics.CRM.*`; empty when no annotations are wanted. */
  readonly annotations: readonly string[]
  /** What `Preference-Applied` repeats. */
  readonly applied: readonly string[]
}

/** One operation on its way through the simulator, from a request of its own or a part of a batch. */
export interface Call {
  readonly environment: Environment
  readonly caller: Caller
  readonly method: string
  readonly segments: readonly Segment[]
  readonly options: Options
  readonly headers: Headers
  readonly prefer: Prefer
  /** Body as text. */
  readonly body: string
  /** `https://org.crm4.dynamics.com/api/data/v9.2`, of the address that the request came to. */
  readonly root: string
  /** The whole URL, for messages. */
  readonly url: string
}

export function parsePrefer(header: string | null): Prefer {
  const items: readonly string[] = (header ?? '').match(/[\w.-]+(?:=(?:"[^"]*"|[\w.*-]+))?/g) ?? []
  const settingOf = (name: string): string | undefined =>
    items
      .find((item) => item.toLowerCase().startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', '')
  const size = Number(settingOf('odata.maxpagesize'))
  const annotations = settingOf('odata.include-annotations')
  return {
    ...(size > 0 ? { maxPageSize: size } : {}),
    trackChanges: items.includes('odata.track-changes'),
    representation: items.includes('return=representation'),
    continueOnError: items.includes('odata.continue-on-error'),
    annotations: annotations === undefined ? [] : annotations.split(',').map((pattern) => pattern.trim()),
    applied: items,
  }
}

/** Is an annotation of this name wanted? */
export const wantsAnnotation = (prefer: Prefer, name: string): boolean =>
  prefer.annotations.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  )

export const filterContext = ({ environment, caller }: Call): FilterContext => ({
  schema: environment.schema,
  store: environment.store,
  now: environment.clock.now(),
  caller,
  notEqualFindsNull: environment.behaviour.notEqualFindsNull,
})

export const preferenceApplied = (prefer: Prefer): Readonly<Record<string, string>> => {
  const applied = prefer.applied.filter((item) => !item.startsWith('odata.continue'))
  return applied.length === 0 ? {} : { 'preference-applied': applied.join(',') }
}

/** An answer with OData's headers around a JSON body. */
export const odataAnswer = (
  call: Pick<Call, 'prefer'>,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: {
    'content-type': 'application/json; odata.metadata=minimal',
    'odata-version': '4.0',
    ...preferenceApplied(call.prefer),
    ...headers,
  },
  body: JSON.stringify(body),
})

/** 204 with the headers that an operation without a body has. */
export const noContent = (headers: Readonly<Record<string, string>> = {}): Answer => ({
  status: 204,
  headers: { 'odata-version': '4.0', ...headers },
})

const detail = '@Microsoft.PowerApps.CDS.ErrorDetails.'

/** An error as the service writes it; the details only for callers that want annotations. */
export function errorAnswer(error: DataverseError, prefer: Prefer, activityId: string): Answer {
  const category = error.status >= 500 ? 'SystemFailure' : 'ClientError'
  const annotations = {
    [`${detail}ApiExceptionSourceKey`]: 'Plugin/Microsoft.Crm.Common.ObjectModel',
    [`${detail}ApiStepKey`]: activityId,
    [`${detail}ApiDepthKey`]: '1',
    [`${detail}ApiActivityIdKey`]: activityId,
    [`${detail}ApiExceptionCategory`]: category,
    [`${detail}ApiExceptionMessageName`]: error.codeName,
    [`${detail}ApiExceptionHttpStatusCode`]: String(error.status),
    '@Microsoft.PowerApps.CDS.HelpLink': `http://go.microsoft.com/fwlink/?LinkID=398563&error=${error.codeName}`,
    '@Microsoft.PowerApps.CDS.TraceText': '',
    '@Microsoft.PowerApps.CDS.InnerError.Message': error.message,
  }
  const wanted = Object.entries(annotations).filter(([name]) => wantsAnnotation(prefer, name.slice(1)))
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json; odata.metadata=minimal',
      'odata-version': '4.0',
      ...error.headers,
    },
    body: JSON.stringify({
      error: { code: error.code, message: error.message, ...Object.fromEntries(wanted) },
    }),
  }
}

/** The body as a JSON object, or what the service says about one that is not. */
export function jsonBody(call: Call): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = call.body === '' ? {} : JSON.parse(call.body)
  } catch (error) {
    throw new DataverseError(
      400,
      '0x80048d19',
      'InvalidPayload',
      `Error identified in Payload provided by the user for Entity :'${call.segments[0]?.name ?? ''}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: ${error instanceof Error ? error.message : 'Invalid JSON.'}`,
    )
  }
  if (!isObject(value))
    throw new DataverseError(400, '0x80048d19', 'InvalidPayload', 'An object was expected.')
  return value
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
