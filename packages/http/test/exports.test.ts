import * as http from '@dynacamp/http'
import { expect, test } from 'vitest'

test('the public names are these', () => {
  const names: string[] = [
    'ForeignOriginError',
    'HttpError',
    'HttpStatusError',
    'MalformedResponseError',
    'NetworkError',
    'ResponseTooLargeError',
    'TimeoutError',
    'UnknownOutcomeError',
    'allEnded',
    'combineLimiters',
    'createConcurrencyLimiter',
    'createHttpClient',
    'createRateLimiter',
    'isForeignOriginError',
    'isHttpError',
    'isHttpStatusError',
    'isMalformedResponseError',
    'isNetworkError',
    'isResponseTooLargeError',
    'isTimeoutError',
    'isUnknownOutcomeError',
    'openTelemetryEvents',
    'redactEmails',
    'redactUrl',
    'retryAfterMs',
    'systemClock',
  ]
  expect(new Set(Object.keys(http))).toEqual(new Set(names))
})
