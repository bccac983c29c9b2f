import type { FieldValue } from '@dynacamp/mapping-dsl'
import type { Law } from './law.ts'
import { excusesOf, isKeyHeld, metBy } from './met.ts'

const kinds: Readonly<Record<string, string>> = { contacts: '[D365: Contact]', leads: '[D365: Lead]' }
const origins = ['[D365: Pushed from Dynamics]', '[D365: Pulled from ActiveCampaign]']
const marks: ReadonlySet<string> = new Set([...Object.values(kinds), ...origins])

const tagsOf = (cell: FieldValue | undefined): readonly string[] =>
  String(cell ?? '')
    .split('\n')
    .filter((tag) => tag !== '')

/**
 * The sync takes no tag off and puts none on but the marks, where the definition says so; then everybody who is in sync has them in
 * the end.
 */
export const tagsAreMarks: Law = (played) => {
  const { definition, diary, lastPlan } = played
  const { write } = definition.tags
  const wrong = diary.entries.flatMap(({ by, record, field, before, after, at }): readonly string[] => {
    if (by !== 'sync' || field !== 'tags') return []
    const [had, has] = [tagsOf(before), tagsOf(after)]
    const taken = had.filter((tag) => !has.includes(tag))
    const put = has.filter((tag) => !had.includes(tag) && !(write && marks.has(tag)))
    return [...taken, ...put].map((tag) => `${record}: the sync changed ${tag} at ${at}.`)
  })
  if (!write || lastPlan === undefined) return wrong
  const excuses = excusesOf(played)
  const missing = metBy(played).flatMap((met): readonly string[] => {
    const { entity, row, contact } = met
    const kind = kinds[entity]
    if (kind === undefined || excuses.records.has(row) || isKeyHeld(played, excuses, met)) return []
    const tags = tagsOf(diary.now.get(contact)?.tags)
    const isMarked = tags.includes(kind) && origins.some((origin) => tags.includes(origin))
    return isMarked ? [] : [`${contact} is in sync with ${row} and has only the tags ${tags.join(', ')}.`]
  })
  return [...wrong, ...missing]
}
