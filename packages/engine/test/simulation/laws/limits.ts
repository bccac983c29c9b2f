import type { Exchange } from '../network.ts'
import type { Played } from '../play.ts'
import type { Law } from './law.ts'

const perSecond = 5
const secondMs = 1_000

/**
 * Whether another process had sent a call in the second before: over a store far away, one can take the lease in the moment in
 * which the other gives it back, and neither knows what the other has sent.
 */
const followsAnother = ({ exchanges, history }: Played, { service, worker, nowMs }: Exchange): boolean =>
  history.storeMs > 0 &&
  exchanges.some(
    (other) =>
      other.worker !== worker &&
      other.service === service &&
      other.nowMs <= nowMs &&
      other.nowMs >= nowMs - secondMs,
  )

/** No service ever refuses a call for its pace, and no second has more than five calls to ActiveCampaign. */
export const withinLimits: Law = (played) => {
  const { exchanges } = played
  const refused = exchanges
    .filter((exchange) => exchange.status === 429 && !exchange.struck && !followsAnother(played, exchange))
    .map(({ service, path, nowMs }) => `${service} refused ${path} with 429 at ${nowMs}.`)
  // They are written down when they are answered, and a slow answer comes after those to later calls.
  const sent = exchanges
    .filter(({ service }) => service === 'activeCampaign')
    .toSorted((a, b) => a.nowMs - b.nowMs)
  const crowded = sent.flatMap(({ nowMs }, index): readonly string[] => {
    const six = sent.slice(index, index + perSecond + 1)
    const sixth = six[perSecond]
    return sixth !== undefined &&
      sixth.nowMs - nowMs < secondMs &&
      !six.some((one) => followsAnother(played, one))
      ? [`Six calls to ActiveCampaign between ${nowMs} and ${sixth.nowMs}.`]
      : []
  })
  return [...refused, ...crowded]
}
