/**
 * The codes that this client decides by, in lower case. The service writes the hex digits in either case.
 * @see https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
 */
export const dataverseCodes = {
  alternateKeyViolated: '0x80060892',
  concurrencyVersionMismatch: '0x80060882',
  couldNotObtainLock: '0x80044339',
  duplicateRecord: '0x80040237',
  duplicateRecordsFound: '0x80040333',
  expiredVersionStamp: '0x80044352',
  objectDoesNotExist: '0x80040217',
  privilegeDenied: '0x80040220',
  recordNotFoundByKey: '0x80060891',
  sqlError: '0x80044150',
  sqlTimeout: '0x80044151',
  throttledByConcurrency: '0x80072326',
  throttledByRequests: '0x80072322',
  throttledByTime: '0x80072321',
  tooManyRequests: '0x8005f103',
  unexpected: '0x80040216',
  uniqueIndexViolated: '0x80073002',
} as const

const codes = dataverseCodes

export const throttlingCodes: ReadonlySet<string> = new Set([
  codes.throttledByConcurrency,
  codes.throttledByRequests,
  codes.throttledByTime,
  codes.tooManyRequests,
])

/** The database rolled the transaction back, and another attempt may well succeed. */
export const transientCodes: ReadonlySet<string> = new Set([
  codes.couldNotObtainLock,
  codes.sqlError,
  codes.sqlTimeout,
])
