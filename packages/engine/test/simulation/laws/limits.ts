import type { Law } from './law.ts'

const perSecond = 5
const secondMs = 1_000

/** No service ever refuses a call for its pace, and no second has more than five calls to ActiveCampaign. */
export const withinLimits: Law = ({ exchanges }) => {
  const refused = exchanges
    .filter((exchange) => exchange.status === 429 && !exchange.struck)
    .map(({ service, path, nowMs }) => `${service} refused ${path} with 429 at ${nowMs}.`)
  // They are written down when they are answered, and a slow answer comes after those to later calls.
  const sent = exchanges
    .filter(({ service }) => service === 'activeCampaign')
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
