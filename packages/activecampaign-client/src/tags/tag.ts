import type { z } from 'zod'
import { row } from '../row.ts'
import { flag, id, instant, number, reference, text } from '../wire.ts'

export const tagRow = row({
  id,
  /** The tag's name. */
  tag: text,
  /** `contact` or `template`. */
  tagType: text,
  description: text,
  subscriber_count: number,
  deleted: flag,
  cdate: instant,
  created_timestamp: instant,
  /** Moves whenever the tag is given to somebody. */
  updated_timestamp: instant,
})

/** A tag. */
export type Tag = Readonly<z.output<typeof tagRow>>

export const contactTagRow = row({
  id,
  contact: id,
  tag: id,
  cdate: instant,
  created_timestamp: instant,
  updated_timestamp: instant,
  created_by: reference,
})

/** A tag on a contact. */
export type ContactTag = Readonly<z.output<typeof contactTagRow>>
