import type { CompiledRelation } from '@dynacamp/mapping-dsl'
import type { Played } from '../play.ts'
import { emptiedByPeople } from './agreement.ts'
import { isBlank } from './cell-history.ts'
import type { Law } from './law.ts'
import { excusesOf, isKeyHeld, type Met, metBy } from './met.ts'

/** Whether a blank on one side may stay beside an account on the other. */
const mayStay = (
  played: Played,
  { row, contact }: Met,
  relation: CompiledRelation,
  isBlankInDynamics: boolean,
) =>
  relation.blank !== 'clear' &&
  (emptiedByPeople(played, row, relation.dynamics) ||
    emptiedByPeople(played, contact, relation.activeCampaign) ||
    (relation.direction === 'outbound' && isBlankInDynamics) ||
    (relation.direction === 'inbound' && !isBlankInDynamics))

/** Both sides have a person in the same account, but for what the last plan holds or skips and what a blank policy leaves alone. */
export const relationsAgree: Law = (played) => {
  const { definition, diary, lastPlan } = played
  if (lastPlan === undefined) return []
  const excuses = excusesOf(played)
  const all = metBy(played)
  const accountOf = new Map(
    all.filter(({ entity }) => entity === 'accounts').map((met) => [met.row, met.contact]),
  )
  const isExcused = (record: string): boolean =>
    excuses.records.has(record) || excuses.fields.has(`${record} name:name`)
  return all.flatMap((met): readonly string[] => {
    const { row, contact } = met
    const compiled = definition.entities.find(({ entity }) => entity === met.entity)
    const relation = compiled?.accountRelation
    if (relation === undefined || excuses.records.has(row)) return []
    if (excuses.fields.has(`${row} ${relation.key}`) || isKeyHeld(played, excuses, met)) return []
    const d = diary.now.get(row)?.[relation.dynamics] ?? null
    const a = diary.now.get(contact)?.[relation.activeCampaign] ?? null
    const [accountRow, account] = [`dynamics/accounts/${String(d)}`, `activeCampaign/accounts/${String(a)}`]
    if (isBlank(d) && isBlank(a)) return []
    if (isBlank(d) !== isBlank(a) && mayStay(played, met, relation, isBlank(d))) return []
    if (relation.blank === 'onlyIfEmpty' && !isBlank(d) && !isBlank(a)) return []
    if (accountOf.get(accountRow) === account) return []
    // Whose account waits for people waits with it.
    if ((!isBlank(d) && isExcused(accountRow)) || (!isBlank(a) && isExcused(account))) return []
    return [`${row} is in ${accountRow}, ${contact} in ${account}, and nothing holds it.`]
  })
}
