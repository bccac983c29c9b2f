import type { CompiledEntity, Fields, MatchRule } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'

/** The key a record is matched by, or why it has none. */
export type MatchKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }

const none: MatchKey = Object.freeze({ kind: 'none' })
const malformed: MatchKey = Object.freeze({ kind: 'malformed' })

const found = (rule: MatchRule, key: string): MatchKey => ({
  kind: 'key',
  key: `${rule.activeCampaign}:${key}`,
})

/** The key of a D365 row by one rule. */
export const dynamicsKey = (rule: MatchRule | undefined, fields: Fields): MatchKey => {
  if (rule === undefined || isBlank(fields[rule.dynamics])) return none
  const key = rule.dynamicsKey(fields)
  return key === undefined ? malformed : found(rule, key)
}

/** The key of an ActiveCampaign contact by one rule. */
export const activeCampaignKey = (rule: MatchRule | undefined, fields: Fields): MatchKey => {
  if (rule === undefined || isBlank(fields[rule.activeCampaign])) return none
  const key = rule.activeCampaignKey(fields)
  return key === undefined ? malformed : found(rule, key)
}

/**
 * The key under which a D365 row is to be found in `Candidates`; undefined when it has none, or one that no e-mail
 * address can be.
 *
 * @example
 * matchKeyOfDynamics(contacts, { emailaddress1: ' Ana@Example.com ' }) // 'email:ana@example.com'
 */
export const matchKeyOfDynamics = (entity: CompiledEntity, fields: Fields): string | undefined => {
  const match = dynamicsKey(entity.match[0], fields)
  return match.kind === 'key' ? match.key : undefined
}

/** The same for an ActiveCampaign contact: equal keys mean "may be the same person". */
export const matchKeyOfActiveCampaign = (entity: CompiledEntity, fields: Fields): string | undefined => {
  const match = activeCampaignKey(entity.match[0], fields)
  return match.kind === 'key' ? match.key : undefined
}
