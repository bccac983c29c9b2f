/**
 * Hands a request of the service to whoever it is for.
 *
 * @example
 * ```ts
 * const deliver: Deliver = async (request) => new Response(null, { status: request.method === 'POST' ? 200 : 405 })
 * ```
 */
export type Deliver = (request: Request) => Promise<Response>

/**
 * A request that a service sent out by itself: a webhook or the callback of an import.
 *
 * @example
 * ```ts
 * const failed = createActiveCampaignSimulator().deliveries.filter(({ status }: Delivery) => status !== 200)
 * ```
 */
export interface Delivery {
  readonly url: string
  readonly body: string
  /** The status that came back; `undefined` while under way, when nobody answered or when it could not be sent. */
  readonly status: number | undefined
}

/** Port 443 with TLS is all that both services call. The simulators also call programs on their own machine. */
function isCallable(url: URL): boolean {
  if (['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return true
  return url.protocol === 'https:' && url.port === ''
}

/** Sends each request once, as soon as asked, and never again whatever becomes of it. */
export function createOutbox(deliver: () => Deliver | undefined) {
  const deliveries: Delivery[] = []
  const underWay = new Set<Promise<void>>()

  const attempt = async (request: Request, answered: (status: number) => void): Promise<void> => {
    const body = await request.clone().text()
    const at = deliveries.push({ url: request.url, body, status: undefined }) - 1
    const hand = deliver()
    if (hand === undefined || !isCallable(new URL(request.url))) return
    try {
      const { status } = await hand(request)
      deliveries[at] = { url: request.url, body, status }
      answered(status)
    } catch {
      // Nobody answered. ActiveCampaign does not try again; Dataverse may, and nobody can count on it.
    }
  }

  return {
    deliveries,
    send(request: Request, answered: (status: number) => void): void {
      const sending = attempt(request, answered).finally(() => underWay.delete(sending))
      underWay.add(sending)
    },
    /** Resolves when nothing is under way any more. */
    async delivered(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
