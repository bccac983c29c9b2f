import type { CompiledField, FieldValue } from '@dynacamp/mapping-dsl'
import type { SetActiveCampaignAccount } from '../actions/set-active-campaign-account.ts'
import type { FieldChange, ReasonCode } from '../model/field-change.ts'
import { reasonMessage } from './explain-decision.ts'

/** A base under construction. */
interface BaseDraft {
  readonly dynamics: Record<string, FieldValue>
  readonly activeCampaign: Record<string, FieldValue>
}

const emptyBase = (): BaseDraft => ({ dynamics: {}, activeCampaign: {} })

/** The account that a contact is to have in ActiveCampaign: an action of its own, as it is a record of its own there. */
type AccountDraft = Pick<SetActiveCampaignAccount, 'account' | 'changes' | 'settles' | 'dependsOn'>

/** What the fields of one pair come to, before it is known which actions that makes. */
export interface PairDraft {
  readonly toDynamics: FieldChange[]
  readonly toActiveCampaign: FieldChange[]
  /** Bases that hold once D365 is written, once ActiveCampaign is written, and already now. */
  readonly settledByDynamics: BaseDraft
  readonly settledByActiveCampaign: BaseDraft
  readonly settledNow: BaseDraft
  /** Actions that must be done before D365 is written, as they make what is referred to. */
  readonly dynamicsWaitsFor: string[]
  account: AccountDraft | undefined
  /** Some that are settled now differ, and a blank policy keeps them so. */
  keepsBlanks: boolean
  heldCount: number
  /** Ids of actions that must be done before ActiveCampaign takes what is written. */
  readonly after: string[]
}

export const emptyDraft = (): PairDraft => ({
  toDynamics: [],
  toActiveCampaign: [],
  settledByDynamics: emptyBase(),
  settledByActiveCampaign: emptyBase(),
  settledNow: emptyBase(),
  dynamicsWaitsFor: [],
  account: undefined,
  keepsBlanks: false,
  heldCount: 0,
  after: [],
})

/** Whether there is something to remember without a write. */
export const settlesNow = ({ settledNow }: PairDraft): boolean =>
  Object.keys(settledNow.dynamics).length + Object.keys(settledNow.activeCampaign).length > 0

/** Both sides may be remembered as they are now. */
export const settleNow = (
  draft: PairDraft,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign'>,
  dynamics: FieldValue,
  activeCampaign: FieldValue,
): void => {
  draft.settledNow.dynamics[field.dynamics] = dynamics
  draft.settledNow.activeCampaign[field.activeCampaign] = activeCampaign
}

/** The two differ, a blank policy keeps them so, and without a base every later plan would see a first link again. */
export const keepNow = (
  draft: PairDraft,
  field: Pick<CompiledField, 'dynamics' | 'activeCampaign'>,
  dynamics: FieldValue,
  activeCampaign: FieldValue,
): void => {
  settleNow(draft, field, dynamics, activeCampaign)
  draft.keepsBlanks = true
}

/** D365's value goes to ActiveCampaign. */
export const writeActiveCampaign = (
  draft: PairDraft,
  field: CompiledField,
  source: FieldValue,
  before: FieldValue,
  after: FieldValue,
  code: ReasonCode,
  everInSync = true,
): void => {
  const reason = { code, message: reasonMessage(code, field, everInSync) }
  const { key, sensitive, activeCampaign } = field
  draft.toActiveCampaign.push({ key, field: activeCampaign, before, after, reason, sensitive })
  draft.settledByActiveCampaign.dynamics[field.dynamics] = source
  draft.settledByActiveCampaign.activeCampaign[activeCampaign] = after
}

/** ActiveCampaign's value goes to D365. */
export const writeDynamics = (
  draft: PairDraft,
  field: CompiledField,
  source: FieldValue,
  before: FieldValue,
  after: FieldValue,
  code: ReasonCode,
  everInSync = true,
): void => {
  const reason = { code, message: reasonMessage(code, field, everInSync) }
  const { key, sensitive, dynamics } = field
  draft.toDynamics.push({ key, field: dynamics, before, after, reason, sensitive })
  draft.settledByDynamics.dynamics[dynamics] = after
  draft.settledByDynamics.activeCampaign[field.activeCampaign] = source
}
