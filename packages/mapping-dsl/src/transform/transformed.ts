import type { Conversion } from '../codec/conversion.ts'
import { type Converted, isBlank } from '../codec/value.ts'
import { type BoundTransform, textWhenBlank, undo } from './apply-transforms.ts'

/**
 * A conversion through transforms. Each side compares its own values as if there were none; both sides hold the
 * same value when one of them holds already what the other would send.
 *
 * @param write - Writes a text as the field takes it, where it can hold it.
 */
export const transformed = (
  plain: Conversion,
  through: Conversion,
  via: readonly BoundTransform[],
  write: (text: string) => Converted,
): Conversion => {
  const text = textWhenBlank(via)
  const whenBlank = text === undefined ? undefined : write(text)
  const toActiveCampaign: Conversion['toActiveCampaign'] = (value) =>
    isBlank(value) && whenBlank !== undefined ? whenBlank : through.toActiveCampaign(value)
  const toDynamics: Conversion['toDynamics'] = (value, row) => {
    if (plain.sameInActiveCampaign(value, null)) return plain.toDynamics(value, row)
    const undone = undo(via, String(value))
    return undone._tag === 'Left' ? undone.left : plain.toDynamics(undone.right, row)
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
