import type { CompiledEntity, Fields, MatchRule } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'

/** The key a record is matched by, or why it has none. */
export type MatchKey =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }

/** Whether two records are matched by one key; those without any are not. */
export const isSameKey = (a: MatchKey, b: MatchKey): boolean =>
  a.kind === 'key' && b.kind === 'key' && a.key === b.key

const none: MatchKey = Object.freeze({ kind: 'none' })
const malformed: MatchKey = Object.freeze({ kind: 'malformed' })

/**
 * A longer value names nobody, and no database indexes it: PostgreSQL refuses 2,704 bytes, and a sealed character takes up to four.
 * https://www.postgresql.org/docs/current/btree.html
 */
const longest = 400

const found = (rule: MatchRule, key: string): MatchKey =>
  key.length > longest ? malformed : { kind: 'key', key: `${rule.activeCampaign}:${key}` }

/** The key of a D365 row by one rule. */
export const dynamicsKey = (rule: MatchRule | undefined, fields: Fields): MatchKey => {
  if (rule === undefined || isBlank(fields[rule.dynamics])) return none
  const key = rule.dynamicsKey(fields)
  return key === undefined ? malformed : found(rule, key)
}

/** The key of an ActiveCampaign contact by one rule. */
export const activeCampaignKey = (rule: MatchRule | undefined, fields: Fields): MatchKey => {
  if (rule === undefined) return none
  const key = rule.activeCampaignKey(fields)
  return key === undefined ? malformed : found(rule, key)
}

const keysOf = (
  rules: readonly MatchRule[],
  keyOf: (rule: MatchRule, fields: Fields) => MatchKey,
  fields: Fields,
): readonly string[] =>
  rules.flatMap((rule) => {
    const match = keyOf(rule, fields)
    return match.kind === 'key' ? [match.key] : []
  })

/**
 * The keys under which a D365 row is to be found in `Candidates`, in the order of the match rules. A rule whose column is
 * blank, or holds what no e-mail address can be, or more than 400 characters, gives none.
 *
 * @example
 * matchKeysOfDynamics(contacts, { emailaddress1: ' Ana@Example.com ' }) // ['email:ana@example.com']
 */
export const matchKeysOfDynamics = (entity: CompiledEntity, fields: Fields): readonly string[] =>
  keysOf(entity.match, dynamicsKey, fields)

/** The same for an ActiveCampaign contact: equal keys mean "may be the same person". */
export const matchKeysOfActiveCampaign = (entity: CompiledEntity, fields: Fields): readonly string[] =>
  keysOf(entity.match, activeCampaignKey, fields)
