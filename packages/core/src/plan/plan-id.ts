import { sha256 } from '#sha256'
import { canonicalJson } from '../canonical-json.ts'
import type { Plan } from '../model/plan.ts'

/** The content hash of a plan: over everything in it but the id itself. */
export const planIdOf = (content: Omit<Plan, 'id'>): string => sha256(canonicalJson(content))
