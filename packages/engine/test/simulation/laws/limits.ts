import type { Exchange } from '../network.ts'
import type { Law } from './law.ts'

const perSecond = 5
const secondMs = 1_000

/**
 * No service ever refuses a call for its pace, and no second has more than five calls to ActiveCampaign. But for one of a process that was
 * put to sleep after it had counted the call and before it sent it: it goes out with the first ones after.
 */
export const withinLimits: Law = ({ exchanges }) => {
  const heldUp = exchanges.filter(({ heldUpMs }) => heldUpMs > 0)
  const isBesideHeldUp = ({ service, nowMs }: Exchange): boolean =>
    heldUp.some((one) => one.service === service && Math.abs(nowMs - one.nowMs) <= secondMs)
  const refused = exchanges
    .filter((exchange) => exchange.status === 429 && !exchange.struck && !isBesideHeldUp(exchange))
    .map(({ service, path, nowMs }) => `${service} refused ${path} with 429 at ${nowMs}.`)
  // They are written down when they are answered, and a slow answer comes after those to later calls.
  const sent = exchanges
    .filter(({ service, heldUpMs }) => service === 'activeCampaign' && heldUpMs === 0)
    .toSorted((a, b) => a.nowMs - b.nowMs)
  const crowded = sent.flatMap(({ nowMs }, index): readonly string[] => {
    const six = sent.slice(index, index + perSecond + 1)
    const sixth = six[perSecond]
    return sixth !== undefined && sixth.nowMs - nowMs < secondMs
      ? [`Six calls to ActiveCampaign between ${nowMs} and ${sixth.nowMs}.`]
      : []
  })
  return [...refused, ...crowded]
}
