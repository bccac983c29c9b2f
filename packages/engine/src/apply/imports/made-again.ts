import type { CompiledDefinition, Fields, FieldValue } from '@dynacamp/mapping-dsl'
import type { ImportedAction } from '../../state/import-state.ts'
import type { StoredLink, StoredRecord } from '../../state/state-store.ts'
import { type Learnt, same } from './learnt.ts'

const emailOf = ({ fields }: StoredRecord): string => String(fields.email ?? '').toLowerCase()

/** Whether a contact holds nothing but what an import sent under its e-mail. */
const holdsOnly = ({ fields }: StoredRecord, { settles }: ImportedAction): boolean =>
  Object.entries(fields).every(
    ([name, value]) => name === 'email' || same(value, settles.activeCampaign[name]),
  )

/**
 * Whether an import of changes has made this contact: the one that it was meant for is known under the same e-mail, which no two
 * contacts of ActiveCampaign have, so that it was deleted after the look.
 */
export const isMadeAgain = (
  action: ImportedAction,
  meantFor: StoredRecord | undefined,
  holder: StoredRecord,
): boolean =>
  holder.id !== action.activeCampaignId &&
  (meantFor === undefined || emailOf(meantFor) === emailOf(holder)) &&
  holdsOnly(holder, action)

/**
 * The link of a contact that an import has made again. What it lacks counts as never given to it, as with any contact that the sync
 * makes: its blanks are no word of anybody, and the row fills them.
 */
export const linkAgain = (
  { entities }: CompiledDefinition,
  { entity: name, linkId, dynamicsId, settles }: ImportedAction,
  { id }: StoredRecord,
  before: StoredLink | undefined,
): Learnt => {
  const entity = entities.find((candidate) => candidate.entity === name)
  const relation = entity?.accountRelation ? [entity.accountRelation] : []
  const mapped = [...(entity?.fields ?? []), ...relation]
  const sides = ['dynamics', 'activeCampaign'] as const
  const [dynamics = {}, activeCampaign = {}] = sides.map((side): Fields => {
    const blank = mapped.map((field): readonly [string, FieldValue] => {
      const kept = field.activeCampaign === 'email' ? before?.base[side][field[side]] : ''
      return [field[side], kept ?? '']
    })
    return { ...Object.fromEntries(blank), ...settles[side] }
  })
  const link = {
    entity: name,
    id: linkId,
    dynamicsId,
    activeCampaignId: id,
    base: { dynamics, activeCampaign },
  }
  return { status: 'done', code: null, message: null, remedy: null, link }
}
