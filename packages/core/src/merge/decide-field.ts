import { assertNever } from '../actions/action.ts'
import { type Decision, hold, keep, same, settle, type Target, write } from './decision.ts'
import type { FieldFacts } from './field-facts.ts'

const other = (side: Target): Target => (side === 'dynamics' ? 'activeCampaign' : 'dynamics')

const changedIn = (side: Target) =>
  side === 'dynamics' ? ('changed-in-dynamics' as const) : ('changed-in-active-campaign' as const)

const decideConflict = (facts: FieldFacts): Decision => {
  switch (facts.conflict) {
    case 'dynamicsWins':
      return write('activeCampaign', 'conflict-dynamics-wins', true)
    case 'activeCampaignWins':
      return write('dynamics', 'conflict-active-campaign-wins', true)
    case 'mostRecent':
      return facts.newer === 'unknown'
        ? hold('conflict')
        : write(other(facts.newer), 'conflict-most-recent-wins', true)
    case 'hold':
      return hold('conflict')
    default:
      return assertNever(facts.conflict)
  }
}

/** A field that flows one way is owned by its source: what is changed in the target is put back. */
const decideOneWay = (facts: FieldFacts, source: Target): Decision => {
  const fromDynamics = source === 'dynamics'
  const sourceBlank = fromDynamics ? facts.dynamicsBlank : facts.activeCampaignBlank
  const targetBlank = fromDynamics ? facts.activeCampaignBlank : facts.dynamicsBlank
  const sourceChanged = fromDynamics ? facts.dynamicsChanged : facts.activeCampaignChanged
  const targetChanged = fromDynamics ? facts.activeCampaignChanged : facts.dynamicsChanged

  if (sourceBlank && facts.blank !== 'clear') return keep
  if (!targetBlank && facts.blank === 'onlyIfEmpty') return keep
  if (!facts.hasBase) {
    if (targetBlank) return write(other(source), 'fills-blank')
    return facts.firstLink === 'hold'
      ? hold('first-link-differs')
      : write(other(source), 'source-owns-field', true)
  }
  // What overrules a change of the target is the rule that the source owns the field, whether or not the source changed too.
  const reason = sourceChanged && !targetChanged ? changedIn(source) : 'source-owns-field'
  return write(other(source), reason, targetChanged)
}

const decideTwoWay = (facts: FieldFacts): Decision => {
  const dynamicsCounts = facts.dynamicsChanged || !facts.hasBase
  const activeCampaignCounts = facts.activeCampaignChanged || !facts.hasBase

  if (facts.blank !== 'clear' && facts.dynamicsBlank !== facts.activeCampaignBlank) {
    // A blank is no value here: it never overwrites, and a value that is set beside it is no conflict.
    const filled: Target = facts.dynamicsBlank ? 'activeCampaign' : 'dynamics'
    const filledCounts = filled === 'dynamics' ? dynamicsCounts : activeCampaignCounts
    if (!filledCounts) return keep
    return write(other(filled), facts.hasBase ? changedIn(filled) : 'fills-blank')
  }
  if (facts.blank === 'onlyIfEmpty') return keep
  if (dynamicsCounts && activeCampaignCounts) {
    return !facts.hasBase && facts.firstLink === 'hold' ? hold('first-link-differs') : decideConflict(facts)
  }
  const changed: Target = dynamicsCounts ? 'dynamics' : 'activeCampaign'
  return write(other(changed), changedIn(changed))
}

/**
 * The three-way merge of one field: total, pure, and the only place where the rules of docs/behaviour.md are written.
 * Change is judged on each side against that side's own base, so that a codec that loses something causes no echo.
 */
export const decideField = (facts: FieldFacts): Decision => {
  if (facts.hasBase && !facts.dynamicsChanged && !facts.activeCampaignChanged) return same
  if (facts.equivalent) return settle
  const decision =
    facts.direction === 'bidirectional'
      ? decideTwoWay(facts)
      : decideOneWay(facts, facts.direction === 'outbound' ? 'dynamics' : 'activeCampaign')
  const { resolution } = facts
  if (decision.kind !== 'hold' || resolution === undefined) return decision
  // Nobody's word turns a one-way field round: its source may be a column that nobody can write.
  const against = facts.direction === (resolution === 'dynamics' ? 'inbound' : 'outbound')
  return against ? decision : write(other(resolution), 'conflict-resolved-by-hand', true)
}
