import type { Law } from './law.ts'

const perSecond = 5
const secondMs = 1_000

/** No service ever refuses a call for its pace, and no second has more than five calls to ActiveCampaign. */
export const withinLimits: Law = ({ exchanges }) => {
  const refused = exchanges
    .filter(({ status, struck }) => status === 429 && !struck)
    .map(({ service, path, nowMs }) => `${service} refused ${path} with 429 at ${nowMs}.`)
  // They are written down when they are answered, and a slow answer comes after those to later calls.
  const sent = exchanges
    .filter(({ service }) => service === 'activeCampaign')
    .map(({ nowMs }) => nowMs)
    .toSorted((a, b) => a - b)
  const crowded = sent.flatMap((nowMs, index): readonly string[] => {
    const sixth = sent[index + perSecond]
    return sixth !== undefined && sixth - nowMs < secondMs
      ? [`Six calls to ActiveCampaign between ${nowMs} and ${sixth}.`]
      : []
  })
  return [...refused, ...crowded]
}
