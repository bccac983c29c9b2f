import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, instant, number, reference } from '../wire.ts'

export const contactAutomationRow = row({
  id,
  contact: id,
  /** Id of the automation. */
  automation: reference,
  seriesid: reference,
  /** 1 active, 2 done. */
  status: number,
  /** When the contact entered. */
  adddate: instant,
  /** When it left. */
  remdate: instant,
  /** When its last step ran. */
  lastdate: instant,
  completedElements: number,
  totalElements: number,
  completed: flag,
  /** Percent. */
  completeValue: number,
})

/** A contact's passage through an automation. */
export type ContactAutomation = Readonly<z.output<typeof contactAutomationRow>>
