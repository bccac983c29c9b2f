import type { CompiledRelation, Fields } from '@dynacamp/mapping-dsl'
import { isBlank } from '../is-blank.ts'
import type { Base } from '../model/link.ts'
import type { LinkedSubject } from '../model/outcome.ts'
import type { BatchContext } from './batch-context.ts'
import { enterConflict } from './ledger.ts'
import { sameId } from './relation-view.ts'

/** What happened, and the setting that says what follows, as one sentence. */
export const byPolicy = (why: string, setting: string, policy: string): string =>
  `${why.replace(/\.$/, '')}; \`${setting}\` is \`${policy}\`.`

interface Disappearing {
  readonly base: Base
  /** The side whose record is gone already: that it is gone wins. */
  readonly gone: 'dynamics' | 'activeCampaign'
  /** What the record that is to be deleted holds. */
  readonly left: Fields
  readonly because: string
}

const asField = (relation: CompiledRelation | undefined) =>
  relation === undefined ? [] : [{ ...relation, sameInDynamics: sameId, sameInActiveCampaign: sameId }]

/** A record is to be deleted: each value in it that somebody set since the two were in sync is named, and why it loses. */
export const nameWhatDisappears = (
  { ledger, entity }: BatchContext,
  subject: LinkedSubject,
  { base, gone, left, because }: Disappearing,
): void => {
  const inRow = gone === 'activeCampaign'
  for (const field of [...entity.fields, ...asField(entity.accountRelation)]) {
    const value = left[inRow ? field.dynamics : field.activeCampaign] ?? null
    const rowWas = base.dynamics[field.dynamics]
    const contactWas = base.activeCampaign[field.activeCampaign]
    const was = inRow ? rowWas : contactWas
    const isSame = inRow ? field.sameInDynamics : field.sameInActiveCampaign
    if (isBlank(value) || (was !== undefined && isSame(was, value))) continue
    enterConflict(ledger, {
      ...subject,
      field: field.key,
      dynamicsField: field.dynamics,
      activeCampaignField: field.activeCampaign,
      base:
        rowWas === undefined || contactWas === undefined
          ? null
          : { dynamics: rowWas, activeCampaign: contactWas },
      dynamics: inRow ? value : null,
      activeCampaign: inRow ? null : value,
      winner: gone,
      reason: { code: 'deleted', message: because },
      sensitive: field.sensitive,
    })
  }
}
