export { allEnded } from './all-ended.ts'
export type { Clock } from './clock.ts'
export { systemClock } from './clock.ts'
export { createHttpClient } from './create-http-client.ts'
export { ForeignOriginError, isForeignOriginError } from './errors/foreign-origin-error.ts'
export type { HttpErrorDetails } from './errors/http-error.ts'
export { HttpError, isHttpError } from './errors/http-error.ts'
export type { HttpStatusErrorDetails } from './errors/http-status-error.ts'
export { HttpStatusError, isHttpStatusError } from './errors/http-status-error.ts'
export { isMalformedResponseError, MalformedResponseError } from './errors/malformed-response-error.ts'
export { isNetworkError, NetworkError } from './errors/network-error.ts'
export { isResponseTooLargeError, ResponseTooLargeError } from './errors/response-too-large-error.ts'
export { isTimeoutError, TimeoutError } from './errors/timeout-error.ts'
export { isUnknownOutcomeError, UnknownOutcomeError } from './errors/unknown-outcome-error.ts'
export type { HttpEvent, RequestEvent, ResponseEvent, RetryEvent, ThrottleEvent } from './events.ts'
export type {
  Authorize,
  Fetch,
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  Query,
} from './http-client.ts'
export { combineLimiters } from './limiter/combine-limiters.ts'
export type { ConcurrencyLimiter, ConcurrencyLimiterOptions } from './limiter/create-concurrency-limiter.ts'
export { createConcurrencyLimiter } from './limiter/create-concurrency-limiter.ts'
export type { RateLimiterOptions } from './limiter/create-rate-limiter.ts'
export { createRateLimiter } from './limiter/create-rate-limiter.ts'
export type { PermitOutcome, RateLimiter, Release } from './limiter/rate-limiter.ts'
export { redactEmails, redactUrl } from './redact.ts'
export type { ErrorAnswer, RetryPolicy, Verdict } from './retry-policy.ts'
export { retryAfterMs } from './retry-policy.ts'
export type { OpenTelemetryOptions } from './telemetry/open-telemetry-events.ts'
export { openTelemetryEvents } from './telemetry/open-telemetry-events.ts'
export type {
  TelemetryHistogram,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from './telemetry/telemetry-ports.ts'
