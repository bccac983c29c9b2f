import type { EntityName, MatchRule } from '@dynacamp/mapping-dsl'
import { compareText } from '../compare.ts'
import { isDeleted } from '../model/observation.ts'
import type {
  ActiveCampaignCandidate,
  Candidates,
  DynamicsCandidate,
  KeyHolders,
  RecordInput,
} from '../model/record.ts'
import { activeCampaignKey, dynamicsKey } from './match-key.ts'

type Candidate = DynamicsCandidate | ActiveCampaignCandidate

/** By id, and sorted: the order in which candidates were found must not reach the plan. */
const unique = <T extends Candidate>(candidates: readonly T[]): readonly T[] =>
  candidates.length < 2
    ? candidates
    : [...new Map(candidates.map((candidate) => [candidate.observation.id, candidate])).values()].sort(
        (a, b) => compareText(a.observation.id, b.observation.id),
      )

/**
 * Who has a key: what the state says, and the unlinked records of the batch itself. Undefined when nobody has
 * looked yet. What the state says comes last, as it knows links.
 */
export type HoldersOf = (key: string) => KeyHolders | undefined

/** Looks through the batch once, for all its unlinked records. */
export const indexHolders = (
  entity: EntityName,
  rules: readonly MatchRule[],
  unlinked: readonly RecordInput[],
  candidates: Candidates,
): HoldersOf => {
  const dynamicsByKey = new Map<string, DynamicsCandidate[]>()
  const activeCampaignByKey = new Map<string, ActiveCampaignCandidate[]>()
  const add = <T>(index: Map<string, T[]>, key: string, value: T): void => {
    const found = index.get(key)
    if (found === undefined) index.set(key, [value])
    else found.push(value)
  }
  for (const { dynamics, activeCampaign, predecessors } of unlinked) {
    for (const rule of rules) {
      if (dynamics !== undefined && !isDeleted(dynamics)) {
        const match = dynamicsKey(rule, dynamics.fields)
        if (match.kind === 'key')
          add(dynamicsByKey, match.key, {
            entity,
            observation: dynamics,
            ...(predecessors && { predecessors }),
          })
      }
      if (activeCampaign !== undefined && !isDeleted(activeCampaign)) {
        const match = activeCampaignKey(rule, activeCampaign.fields)
        if (match.kind === 'key') add(activeCampaignByKey, match.key, { observation: activeCampaign })
      }
    }
  }
  return (key) => {
    const known = candidates[key]
    if (known === undefined) return undefined
    return {
      dynamics: unique([...(dynamicsByKey.get(key) ?? []), ...known.dynamics]),
      activeCampaign: unique([...(activeCampaignByKey.get(key) ?? []), ...known.activeCampaign]),
    }
  }
}
