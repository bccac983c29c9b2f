import type { CompiledField } from '@dynacamp/mapping-dsl'
import type { PairDraft } from './pair-draft.ts'

const forget = (draft: PairDraft, { dynamics, activeCampaign }: CompiledField): void => {
  for (const settled of [draft.settledNow, draft.settledByDynamics, draft.settledByActiveCampaign]) {
    delete settled.dynamics[dynamics]
    delete settled.activeCampaign[activeCampaign]
  }
}

/**
 * What several mappings read has one base, and it moves with the write that one of them needs. Remembered before that, a write that
 * came to nothing would leave the next plan nothing to see: the value would never arrive.
 */
export const settleWithWrites = (
  fields: readonly CompiledField[],
  { settledNow, settledByDynamics, settledByActiveCampaign }: PairDraft,
): void => {
  const moving = fields.flatMap(({ dynamics, activeCampaign }) => {
    const isSettled =
      Object.hasOwn(settledNow.dynamics, dynamics) && Object.hasOwn(settledNow.activeCampaign, activeCampaign)
    if (!isSettled) return []
    if (Object.hasOwn(settledByActiveCampaign.dynamics, dynamics))
      return [{ dynamics, activeCampaign, to: settledByActiveCampaign }]
    if (Object.hasOwn(settledByDynamics.activeCampaign, activeCampaign))
      return [{ dynamics, activeCampaign, to: settledByDynamics }]
    return []
  })
  for (const { dynamics, activeCampaign, to } of moving) {
    to.dynamics[dynamics] = settledNow.dynamics[dynamics] ?? null
    to.activeCampaign[activeCampaign] = settledNow.activeCampaign[activeCampaign] ?? null
  }
  for (const { dynamics, activeCampaign } of moving) {
    delete settledNow.dynamics[dynamics]
    delete settledNow.activeCampaign[activeCampaign]
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
