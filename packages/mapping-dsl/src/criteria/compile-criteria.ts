import type { Fields } from '../codec/value.ts'
import { type ActiveCampaignQuery, type NamedIds, toActiveCampaignQuery } from './active-campaign-query.ts'
import type { Criterion } from './criterion.ts'
import { dependsOnTime, fieldsUsed } from './fields-used.ts'
import { type ODataFilter, toODataFilter } from './odata.ts'
import type { Subjects } from './parse-where.ts'
import { compilePredicate } from './predicate.ts'
import { toSentence } from './sentence.ts'

/** One criterion and its readings. All of them select the same records. */
export interface CompiledCriteria {
  readonly criterion: Criterion
  /** Column or field names that the criterion looks at. */
  readonly fields: readonly string[]
  /** A relative date is in it, such as "in the last 30 days". */
  readonly dependsOnTime: boolean
  /** The criterion in English. */
  readonly sentence: string
  /**
   * Whether a record meets the criterion, by its wire values.
   *
   * @throws ClockMissingError when the criterion depends on time and no time is given.
   */
  test(fields: Fields, nowMs?: number): boolean
}

/** A criterion on rows of D365. */
export interface DynamicsCriteria extends CompiledCriteria {
  /** The criterion as `$filter`, at a time in epoch milliseconds. */
  odata(nowMs: number): ODataFilter
}

/** A criterion on contacts of ActiveCampaign. */
export interface ActiveCampaignCriteria extends CompiledCriteria {
  /** What of it the API can evaluate. */
  query(ids: NamedIds): ActiveCampaignQuery
}

/** "The last 30 days" was asked for without saying what time it is: pass `nowMs`. */
export class ClockMissingError extends Error {
  override readonly name = 'ClockMissingError'
  readonly code = 'clock-missing'

  constructor(sentence: string) {
    super(`"${sentence}" depends on the time: pass it in milliseconds since 1970.`)
  }
}

const compile = (things: string, criterion: Criterion, subjects: Subjects): CompiledCriteria => {
  const predicate = compilePredicate(criterion)
  const sentence = toSentence(things, criterion, subjects)
  const timed = dependsOnTime(criterion)
  return {
    criterion,
    fields: fieldsUsed(criterion),
    dependsOnTime: timed,
    sentence,
    test: (fields, nowMs?: number) => {
      if (timed && nowMs === undefined) throw new ClockMissingError(sentence)
      return predicate(fields, nowMs ?? 0)
    },
  }
}

export const compileDynamicsCriteria = (
  things: string,
  criterion: Criterion,
  subjects: Subjects,
): DynamicsCriteria => ({
  ...compile(things, criterion, subjects),
  odata: (nowMs) => toODataFilter(criterion, nowMs),
})

export const compileActiveCampaignCriteria = (
  things: string,
  criterion: Criterion,
  subjects: Subjects,
): ActiveCampaignCriteria => ({
  ...compile(things, criterion, subjects),
  query: (ids) => toActiveCampaignQuery(criterion, ids),
})
