import type { CompiledField } from '@dynacamp/mapping-dsl'
import type { PairDraft } from './pair-draft.ts'

const forget = (draft: PairDraft, { dynamics, activeCampaign }: CompiledField): void => {
  for (const settled of [draft.settledNow, draft.settledByDynamics, draft.settledByActiveCampaign]) {
    delete settled.dynamics[dynamics]
    delete settled.activeCampaign[activeCampaign]
  }
}

/**
 * What several mappings read has one base. While one of them is held, the others do not move it: the next plan would take the held
 * one for unchanged, and forget it.
 */
export const keepSharedBase = (
  fields: readonly CompiledField[],
  held: readonly CompiledField[],
  draft: PairDraft,
): void => {
  for (const { dynamics, activeCampaign } of held) {
    for (const other of fields) {
      if (other.dynamics === dynamics || other.activeCampaign === activeCampaign) forget(draft, other)
    }
  }
}
