import type { ConnectionReport, ConnectionStep } from './connection-step.ts'

const marks = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' } as const

/** Control characters of what a service said could move a terminal's cursor. */
const plain = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')

const linesOf = (step: ConnectionStep): readonly string[] => [
  `${marks[step.status]}  ${step.title}: ${plain(step.found)}`,
  ...(step.status === 'failed' ? [`         → ${plain(step.remedy)}`] : []),
]

/**
 * The checklist as text for a terminal: a step a line, the remedy below what failed.
 *
 * @example
 * ```ts
 * import { type CheckConnectionOptions, checkConnection, renderConnection } from '@dynacamp/engine'
 *
 * export const show = async (options: CheckConnectionOptions) =>
 *   console.log(renderConnection(await checkConnection(options)))
 * ```
 */
export const renderConnection = ({ ok, steps }: ConnectionReport): string => {
  const failed = steps.filter(({ status }) => status === 'failed').length
  const verdict = ok
    ? 'Everything that the sync needs is there.'
    : `${failed} of ${steps.length} steps failed: see the arrows.`
  return [...steps.flatMap(linesOf), '', verdict].join('\n')
}
