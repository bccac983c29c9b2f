import { consent } from './consent.ts'
import type { Defect } from './defect.ts'
import { host } from './host.ts'
import { policies } from './policies.ts'
import { relations } from './relations.ts'
import { remembering } from './remembering.ts'
import { writing } from './writing.ts'

/** Defects that somebody could build in. */
export const defects: Readonly<Record<string, Defect>> = {
  ...writing,
  ...remembering,
  ...consent,
  ...relations,
  ...policies,
  ...host,
}
