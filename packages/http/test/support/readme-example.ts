import { createHttpClient, createRateLimiter, isUnknownOutcomeError, systemClock } from '@dynacamp/http'

// The vendor allows 5 requests a second per account. One fifth is left to other programs.
const limiter = createRateLimiter({ requests: 5, perMs: 1_000, share: 0.8, clock: systemClock })

const client = createHttpClient({
  service: 'activecampaign',
  baseUrl: 'https://example.api-us1.com/api/3',
  authorize: async () => ({ 'Api-Token': process.env.ACTIVECAMPAIGN_KEY ?? '' }),
  limiter,
})

export const createNote = async (contact: string, note: string): Promise<unknown> => {
  try {
    const answer = await client.request({
      operation: 'notes.create',
      method: 'POST',
      url: 'notes',
      body: { json: { note: { note, relid: contact, reltype: 'Subscriber' } } },
      deadlineMs: 30_000,
    })
    return answer.json()
  } catch (error) {
    // The connection broke after the note was sent. Sending it again might write it twice.
    if (isUnknownOutcomeError(error)) return undefined
    throw error
  }
}
