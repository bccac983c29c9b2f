import type { Conversion } from '../codec/conversion.ts'
import { isBlank } from '../codec/value.ts'
import { type BoundTransform, textWhenBlank, undo } from './apply-transforms.ts'

/**
 * A conversion through transforms. Each side compares its own values as if there were none; both sides hold the
 * same value when one of them holds already what the other would send.
 */
export const transformed = (
  plain: Conversion,
  through: Conversion,
  via: readonly BoundTransform[],
): Conversion => {
  const whenBlank = textWhenBlank(via)
  const toActiveCampaign: Conversion['toActiveCampaign'] = (value) =>
    isBlank(value) && whenBlank !== undefined
      ? { ok: true, value: whenBlank }
      : through.toActiveCampaign(value)
  const toDynamics: Conversion['toDynamics'] = (value, row) => {
    if (isBlank(value)) return plain.toDynamics(value, row)
    const text = undo(via, String(value))
    if (text._tag === 'Left') return text.left
    return plain.toDynamics(text.right, row)
  }
  return {
    toActiveCampaign,
    toDynamics,
    equivalent: (dynamics, activeCampaign) => {
      const sent = toActiveCampaign(dynamics)
      if (sent.ok && plain.sameInActiveCampaign(sent.value, activeCampaign)) return true
      const received = toDynamics(activeCampaign)
      return received.ok && plain.sameInDynamics(received.value, dynamics)
    },
    sameInDynamics: plain.sameInDynamics,
    sameInActiveCampaign: plain.sameInActiveCampaign,
  }
}
