import { GuardTrippedError } from '../errors/guard-tripped-error.ts'
import { LeaseLostError } from '../errors/lease-lost-error.ts'
import type { EntityCounts, RunEnding } from './run-report.ts'
import { RunStop } from './run-stop.ts'

/** What ended the work: an abort reaches the calls as their reason. */
export const causeOf = (error: unknown, { reason }: AbortSignal): unknown =>
  reason instanceof LeaseLostError ? reason : error

/** How an error ends a run, from the run's side. */
export const endingOf = (error: unknown, signal: AbortSignal | undefined): RunEnding => {
  if (error instanceof RunStop) return error.ending
  if (error instanceof LeaseLostError) return 'lease-lost'
  if (error instanceof GuardTrippedError) return 'guard-tripped'
  return signal?.aborted === true ? 'aborted' : 'failed'
}

/** What the run's entry tells of an error. */
export const failureOf = (error: unknown): { readonly code: string; readonly message: string } => ({
  code:
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unexpected',
  message: error instanceof Error ? error.message : String(error),
})

/** Counts of all entities in one line of names. */
export const flatCounts = (
  entities: Readonly<Record<string, EntityCounts>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(entities).flatMap(([entity, counts]) =>
      Object.entries(counts).map(([name, count]) => [`${entity}.${name}`, count]),
    ),
  )
