import { isActiveCampaignError } from '@dynacamp/activecampaign-client'
import type { ActionKind } from '@dynacamp/core'
import { DynamicsError, isNotFound, SignInError } from '@dynacamp/dynamics-client'
import { type HttpError, isForeignOriginError, isUnknownOutcomeError } from '@dynacamp/http'

/**
 * What to do about a call that failed, after the client has repeated what may be repeated.
 *
 * - `retry`: it may pass; nothing is wrong with the record. Try it again later.
 * - `hold`: the record's own fault: it would be refused again as it is. Set it aside with its error until it changes.
 * - `block`: every other action of this kind on this entity would meet the same: a missing permission, a table that is not there. None of
 *   them is tried in this run; everything else goes on.
 * - `stop`: every other call would meet the same. End the run; a person has to look, or the service has to come back.
 */
export type Remedy = 'retry' | 'hold' | 'block' | 'stop'

/**
 * A rule of the tables below. `unreachable`: the service may be down, or only this call was unlucky. It is tried again
 * later, and it stops the run when it happens to one call after the other.
 */
type Rule = Remedy | 'unreachable'

/**
 * By Dataverse's own code, which counts more than the status.
 * https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
 */
const dynamicsCodes: Readonly<Record<string, Rule>> = {
  // The sign-in is not valid (any more): ExpiredAuthTicket, RequestIsNotAuthenticated, AccessTokenExpired.
  '0x8004a101': 'stop',
  '0x80044302': 'stop',
  '0x8005f101': 'stop',
  // The app's user: not in the environment, disabled, without roles, may not act for others.
  '0x80072560': 'stop',
  '0x80040225': 'stop',
  '0x80042f09': 'stop',
  '0x8004a110': 'stop',
  // The environment is disabled (OrganizationDisabled).
  '0x8004a104': 'stop',
  // A column that the user may not write: other records do not write it. Their messages name the column.
  '0x8004f502': 'hold',
  '0x8004f504': 'hold',
  '0x8004f507': 'hold',
  // Throttled, in spite of the client's limiter and pauses. The longest pause is a few minutes.
  // https://learn.microsoft.com/power-apps/developer/data-platform/api-limits
  '0x80072321': 'retry',
  '0x80072322': 'retry',
  '0x80072326': 'retry',
  '0x8005f103': 'retry',
  // The transaction was rolled back: SQL error, timeout, lock.
  '0x80044150': 'retry',
  '0x80044151': 'retry',
  '0x80044339': 'retry',
  // A customer's plug-in refuses the row (IsvAborted), whatever the status.
  '0x80040265': 'hold',
}

/** By HTTP status, where there is no code or it is not in the table. */
const dynamicsStatuses: Readonly<Record<number, Rule>> = {
  401: 'stop',
  // No such table or message; a missing row has a code of its own.
  404: 'block',
  408: 'unreachable',
  429: 'retry',
  501: 'stop',
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
}

/**
 * By the status of ActiveCampaign's answer: its codes (`field_invalid`, `duplicate`) all speak of the record.
 * https://developers.activecampaign.com/reference/overview
 */
const activeCampaignStatuses: Readonly<Record<number, Rule>> = {
  401: 'stop',
  // The account has expired.
  402: 'stop',
  // A wrong key or a missing permission; there is no 401. A wrong key ends the run at its first reading, so this is a permission, or
  // a limit of the plan. One that passes was tried again by the client:
  // docs/discoveries/activecampaign-a-403-may-pass.md
  403: 'block',
  408: 'unreachable',
  429: 'retry',
  500: 'retry',
  // Cloudflare's 52x stand before ActiveCampaign; over-limit calls were a 503 in 2021.
  502: 'unreachable',
  503: 'unreachable',
  504: 'unreachable',
  520: 'unreachable',
  521: 'unreachable',
  522: 'unreachable',
  523: 'unreachable',
  524: 'unreachable',
}

/** Codes that leave it to the status: routing, the OData parser, "An unexpected error occurred." */
const undecided: readonly string[] = ['', '0x0', '0x80040216']

const ruleOfDynamics = (error: DynamicsError): Rule => {
  const { dataverseCode: code = '', status } = error
  const known = dynamicsCodes[code]
  if (known !== undefined) return known
  // "missing prvWriteContact" is every row of the table; "does not have WriteAccess for record …" is this one.
  if (error.missingPrivilege !== undefined) return 'block'
  if (isNotFound(error)) return 'hold'
  return !undecided.includes(code) ? 'hold' : (dynamicsStatuses[status] ?? (status >= 500 ? 'retry' : 'hold'))
}

/** Answers that came and could not be understood: the write behind them may have taken effect. */
const unclear: readonly string[] = ['malformed-response', 'unexpected-response', 'response-too-large']

/** Whether nobody knows if the call took effect. */
export const isUnclear = (error: HttpError): boolean =>
  isUnknownOutcomeError(error) || unclear.includes(error.code)

const ruleOf = (error: HttpError): Rule => {
  if (isUnclear(error)) return 'unreachable'
  if (error instanceof SignInError) return error.retryable ? 'unreachable' : 'stop'
  if (error instanceof DynamicsError) return ruleOfDynamics(error)
  if (isActiveCampaignError(error)) {
    // Bulk import tells its limits with status 400.
    if (error.code === 'rate-limited') return 'retry'
    const status = error.status ?? 400
    return activeCampaignStatuses[status] ?? (status >= 500 ? 'retry' : 'hold')
  }
  // A link or redirect to another host: somebody should look before anything else is sent.
  if (isForeignOriginError(error)) return 'stop'
  // No answer came: network, timeout, or an answer that nobody can read.
  return 'unreachable'
}

/** Whether every other call would meet the same, without one more to tell. */
export const meetsEveryCall = (error: HttpError): boolean => ruleOf(error) === 'stop'

/** Whether a refused reading concerns one table or kind of record only, so that everything else can be read. */
export const concernsOneEntity = (error: HttpError): boolean => ['block', 'hold'].includes(ruleOf(error))

/** How many calls in a row may find a service unreachable before the run stops. */
const enough = 3

/** Judges the failures of a run, one after the other. */
export interface Judge {
  /** What to do about this failure of an action of this kind. */
  failed(kind: ActionKind, error: HttpError): Remedy
  /** A call for an action of this kind came through. */
  succeeded(kind: ActionKind): void
}

/**
 * A record whose call always breaks the connection must not end every run, and a service that is down must not be asked for
 * each of 10,000 records: the third unreachable call in a row, for one kind of action, stops the run.
 */
export const createJudge = (): Judge => {
  const inARow = new Map<ActionKind, number>()
  return {
    failed(kind, error) {
      const rule = ruleOf(error)
      if (rule !== 'unreachable') return rule
      const times = (inARow.get(kind) ?? 0) + 1
      inARow.set(kind, times)
      return times >= enough ? 'stop' : 'retry'
    },
    succeeded(kind) {
      inARow.delete(kind)
    },
  }
}

/** The service's own code where it has one, else the client's: what a set-aside record is filed under. */
export const codeOfFailure = (error: HttpError): string =>
  (error instanceof DynamicsError ? error.dataverseCode : undefined) || error.code
