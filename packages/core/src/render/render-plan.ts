import { assertNever } from '../actions/action.ts'
import { serialisePlan } from '../file/plan-file.ts'
import type { Plan } from '../model/plan.ts'
import { renderHtml } from './html.ts'
import { renderMarkdown } from './markdown.ts'
import { renderText } from './text.ts'

export type PlanFormat = 'text' | 'markdown' | 'html' | 'json'

/** How text looks. */
export interface RenderOptions {
  /** ANSI colours. Default false: set it where the output is a terminal. */
  readonly colour?: boolean
  /** Columns of the terminal. Default 100; longer values are cut. */
  readonly width?: number
  /** Entries shown in each section of a text; the rest is counted. Default: all. */
  readonly maxEntries?: number
}

/**
 * A plan for people: what will be written field by field, what is held and why, what it costs. Values of sensitive fields
 * are masked and every text that comes from a record is escaped, except in `json`, which is the plan itself. `html` is one
 * page that needs no network.
 *
 * @example
 * renderPlan(plan, 'text', { colour: process.stdout.isTTY, width: process.stdout.columns })
 */
export const renderPlan = (plan: Plan, format: PlanFormat, options: RenderOptions = {}): string => {
  switch (format) {
    case 'text':
      return renderText(plan, options)
    case 'markdown':
      return renderMarkdown(plan)
    case 'html':
      return renderHtml(plan)
    case 'json':
      return serialisePlan(plan)
    default:
      return assertNever(format)
  }
}
